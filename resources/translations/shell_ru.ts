<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="ru" sourcelanguage="en">
  <context>
    <name>shell</name>
    <message>
      <location filename="../../bldr_desktop/app/commands.py" />
      <source>Diagnostics are on the clipboard, without secrets.</source>
      <translation>Диагностика в буфере обмена, без секретов.</translation>
    </message>
    <message>
      <location filename="../../bldr_desktop/app/commands.py" />
      <source>Something went wrong</source>
      <translation>Что-то пошло не так</translation>
    </message>
    <message>
      <location filename="../../bldr_desktop/app/commands.py" />
      <source>Your work is safe and the application goes on. What happened: {what}</source>
      <translation>Ваша работа цела, программа продолжает работать. Что случилось: {what}</translation>
    </message>
    <message>
      <location filename="../../bldr_desktop/app/lifecycle.py" />
      <source>The application ended unexpectedly last time. Nothing that was sent is lost.</source>
      <translation>В прошлый раз приложение завершилось неожиданно. Ничего из отправленного не потеряно.</translation>
    </message>
    <message>
      <location filename="../../bldr_desktop/app/lifecycle.py" />
      <source>This link cannot be opened: {link}</source>
      <translation>Эту ссылку нельзя открыть: {link}</translation>
    </message>
    <message>
      <location filename="../../bldr_desktop/app/panels.py" />
      <source>The list of files cannot be kept: the folder cannot be written. It lasts until you quit.</source>
      <translation>Список файлов нельзя сохранить: в папку нельзя писать. Он доживёт до выхода из программы.</translation>
    </message>
    <message>
      <location filename="../../bldr_desktop/app/panels.py" />
      <source>The list of files was damaged and was set aside. What is in the engine is not affected.</source>
      <translation>Список файлов был повреждён и отложен в сторону. То, что уже в движке, не пострадало.</translation>
    </message>
    <message>
      <location filename="../../bldr_desktop/app/tray.py" />
      <source>Show the window</source>
      <translation>Показать окно</translation>
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/actions.py" />
      <source>&amp;Edit</source>
      <translation>&amp;Правка</translation>
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/actions.py" />
      <source>&amp;File</source>
      <translation>&amp;Файл</translation>
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/actions.py" />
      <source>&amp;Go</source>
      <translation>Пере&amp;ход</translation>
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/actions.py" />
      <source>&amp;Help</source>
      <translation>&amp;Справка</translation>
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/actions.py" />
      <source>&amp;View</source>
      <translation>&amp;Вид</translation>
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/actions.py" />
      <source>AI Shell</source>
      <translation>AI Shell</translation>
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/actions.py" />
      <source>About</source>
      <translation>О программе</translation>
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/actions.py" />
      <source>Add files…</source>
      <translation>Добавить файлы…</translation>
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/actions.py" />
      <source>Add folder…</source>
      <translation>Добавить папку…</translation>
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/actions.py" />
      <source>All jobs, live</source>
      <translation>Все задания вживую</translation>
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/actions.py" />
      <source>Answers with sources</source>
      <translation>Ответы с источниками</translation>
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/actions.py" />
      <source>Ask the documents</source>
      <translation>Спросить документы</translation>
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/actions.py" />
      <source>Choose a folder to index</source>
      <translation>Выбрать папку для индексации</translation>
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/actions.py" />
      <source>Choose files to index</source>
      <translation>Выбрать файлы для индексации</translation>
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/actions.py" />
      <source>Colours as the system</source>
      <translation>Цвета как в системе</translation>
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/actions.py" />
      <source>Connect now</source>
      <translation>Подключиться сейчас</translation>
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/actions.py" />
      <source>Copy diagnostics</source>
      <translation>Скопировать диагностику</translation>
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/actions.py" />
      <source>Dark</source>
      <translation>Тёмная</translation>
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/actions.py" />
      <source>Dark colours</source>
      <translation>Тёмные цвета</translation>
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/actions.py" />
      <source>Do not wait for the next attempt</source>
      <translation>Не ждать следующей попытки</translation>
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/actions.py" />
      <source>End the application; nothing is lost</source>
      <translation>Завершить работу; ничего не потеряется</translation>
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/actions.py" />
      <source>File Manager</source>
      <translation>Файлы</translation>
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/actions.py" />
      <source>Files and folders to index</source>
      <translation>Файлы и папки для индексации</translation>
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/actions.py" />
      <source>Find an action or a panel by its name</source>
      <translation>Найти действие или панель по названию</translation>
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/actions.py" />
      <source>Find here</source>
      <translation>Найти здесь</translation>
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/actions.py" />
      <source>Go to anything…</source>
      <translation>Перейти куда угодно…</translation>
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/actions.py" />
      <source>Go to the search field of this panel</source>
      <translation>Перейти к строке поиска этой панели</translation>
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/actions.py" />
      <source>Help and keys</source>
      <translation>Справка и клавиши</translation>
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/actions.py" />
      <source>How to work with it, and all keys</source>
      <translation>Как работать и все сочетания клавиш</translation>
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/actions.py" />
      <source>Light</source>
      <translation>Светлая</translation>
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/actions.py" />
      <source>Light colours</source>
      <translation>Светлые цвета</translation>
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/actions.py" />
      <source>Light or dark as the system</source>
      <translation>Светлая или тёмная тема, как в системе</translation>
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/actions.py" />
      <source>Open log folder</source>
      <translation>Открыть папку журналов</translation>
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/actions.py" />
      <source>Queue</source>
      <translation>Очередь</translation>
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/actions.py" />
      <source>Quit</source>
      <translation>Выйти</translation>
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/actions.py" />
      <source>RAG</source>
      <translation>Поиск</translation>
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/actions.py" />
      <source>Read this panel's data again</source>
      <translation>Прочитать данные этой панели заново</translation>
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/actions.py" />
      <source>Refresh</source>
      <translation>Обновить</translation>
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/actions.py" />
      <source>Servers, appearance, uploads, models</source>
      <translation>Серверы, вид, загрузка, модели</translation>
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/actions.py" />
      <source>Settings</source>
      <translation>Настройки</translation>
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/actions.py" />
      <source>Short tour</source>
      <translation>Короткое знакомство</translation>
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/actions.py" />
      <source>The four cards of the first start</source>
      <translation>Четыре карточки первого запуска</translation>
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/actions.py" />
      <source>Version and licences</source>
      <translation>Версия и лицензии</translation>
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/actions.py" />
      <source>Versions, settings and the last log lines, without secrets</source>
      <translation>Версии, настройки и последние строки журнала, без секретов</translation>
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/actions.py" />
      <source>Where the logs are kept</source>
      <translation>Где хранятся журналы</translation>
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/command_palette.py" />
      <source>Actions</source>
      <translation>Действия</translation>
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/help.py" />
      <source>1. Drop your documents</source>
      <translation>1. Перетащите документы</translation>
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/help.py" />
      <source>2. Watch the training</source>
      <translation>2. Следите за обучением</translation>
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/help.py" />
      <source>3. Ask</source>
      <translation>3. Спрашивайте</translation>
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/help.py" />
      <source>4. Check</source>
      <translation>4. Проверяйте</translation>
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/help.py" />
      <source>Ask in plain words, or type a clause such as «СП 63 п.8.1.3». Each hit has its page.</source>
      <translation>Спрашивайте простыми словами или наберите пункт, например «СП 63 п.8.1.3». У каждого ответа есть страница.</translation>
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/help.py" />
      <source>Click a hit: its page opens with the passage marked. Nothing is invented.</source>
      <translation>Щёлкните по ответу: откроется страница с отмеченным фрагментом. Ничего не выдумано.</translation>
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/help.py" />
      <source>Drop files or folders on the File Manager. You see what is new before anything is sent.</source>
      <translation>Перетащите файлы или папки в «Файлы». До отправки видно, что нового.</translation>
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/help.py" />
      <source>Keys</source>
      <translation>Клавиши</translation>
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/help.py" />
      <source>Trained means: the text was read and can be found now. Files that fail say why.</source>
      <translation>«Обучено» значит: текст прочитан и уже находится. Если файл не удался, сказано почему.</translation>
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/main_window.py" />
      <source>Panel</source>
      <translation>Панель</translation>
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/panels/placeholder.py" />
      <source>This panel could not be opened. The others work.</source>
      <translation>Эту панель не удалось открыть. Остальные работают.</translation>
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/settings/controller.py" />
      <source>Asking the server…</source>
      <translation>Спрашиваю сервер…</translation>
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/settings/controller.py" />
      <source>Company certificate (file)</source>
      <translation>Сертификат организации (файл)</translation>
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/settings/controller.py" />
      <source>Saved.</source>
      <translation>Сохранено.</translation>
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/settings/controller.py" />
      <source>The company certificate cannot be used.</source>
      <translation>Сертификат организации не подходит.</translation>
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/settings/controller.py" />
      <source>This is not an address. It looks like https://bldr.example:8000.</source>
      <translation>Это не адрес. Он выглядит так: https://bldr.example:8000.</translation>
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/settings/more_pages.py" />
      <source>Address</source>
      <translation>Адрес</translation>
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/settings/more_pages.py" />
      <source>Connect</source>
      <translation>Подключить</translation>
    </message>
    <message numerus="yes">
      <location filename="../../bldr_desktop/ui/settings/more_pages.py" />
      <source>Connected: %n model(s).</source>
      <translation>
        <numerusform>Подключено: %n модель.</numerusform>
        <numerusform>Подключено: %n модели.</numerusform>
        <numerusform>Подключено: %n моделей.</numerusform>
      </translation>
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/settings/more_pages.py" />
      <source>Data folder</source>
      <translation>Папка данных</translation>
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/settings/more_pages.py" />
      <source>Documents and index</source>
      <translation>Документы и индекс</translation>
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/settings/more_pages.py" />
      <source>Key</source>
      <translation>Ключ</translation>
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/settings/more_pages.py" />
      <source>LM Studio and Ollama on the engine's computer are found by themselves. Any other OpenAI-compatible server is connected here. Without a model, answers are passages.</source>
      <translation>LM Studio и Ollama на компьютере движка находятся сами. Любой другой сервер, совместимый с OpenAI, подключается здесь. Без модели ответами служат фрагменты.</translation>
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/settings/more_pages.py" />
      <source>Logs</source>
      <translation>Журналы</translation>
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/settings/more_pages.py" />
      <source>Look for a newer version once a day</source>
      <translation>Раз в день проверять, нет ли новой версии</translation>
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/settings/more_pages.py" />
      <source>Look now</source>
      <translation>Проверить сейчас</translation>
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/settings/more_pages.py" />
      <source>Looking…</source>
      <translation>Проверяем…</translation>
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/settings/more_pages.py" />
      <source>Model</source>
      <translation>Модель</translation>
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/settings/more_pages.py" />
      <source>Models</source>
      <translation>Модели</translation>
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/settings/more_pages.py" />
      <source>No model is connected.</source>
      <translation>Модель не подключена.</translation>
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/settings/more_pages.py" />
      <source>Not offered by this server</source>
      <translation>Этот сервер такого не предлагает</translation>
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/settings/more_pages.py" />
      <source>Nothing answers at this address.</source>
      <translation>По этому адресу никто не отвечает.</translation>
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/settings/more_pages.py" />
      <source>Nothing is asked before you turn it on. Only the address is read: nothing about you or your documents is sent, and nothing is installed by itself.</source>
      <translation>Пока вы это не включите, никуда не обращаемся. Только читается указанный адрес: ничего о вас и ваших документах не отправляется, само ничего не устанавливается.</translation>
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/settings/more_pages.py" />
      <source>Only an administrator can change this.</source>
      <translation>Менять это может только администратор.</translation>
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/settings/more_pages.py" />
      <source>Open</source>
      <translation>Открыть</translation>
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/settings/more_pages.py" />
      <source>Open its page</source>
      <translation>Открыть страницу</translation>
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/settings/more_pages.py" />
      <source>Start with --data-dir FOLDER to keep everything elsewhere.</source>
      <translation>Запустите с --data-dir ПАПКА, чтобы хранить всё в другом месте.</translation>
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/settings/more_pages.py" />
      <source>The model server does not answer.</source>
      <translation>Сервер моделей не отвечает.</translation>
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/settings/more_pages.py" />
      <source>This is not an address that can be read.</source>
      <translation>По такому адресу прочитать нельзя.</translation>
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/settings/more_pages.py" />
      <source>This is the newest version.</source>
      <translation>Это самая новая версия.</translation>
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/settings/more_pages.py" />
      <source>Version {version} is there.</source>
      <translation>Вышла версия {version}.</translation>
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/settings/more_pages.py" />
      <source>What answers there does not say a version.</source>
      <translation>По этому адресу версия не названа.</translation>
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/settings/more_pages.py" />
      <source>Where to look</source>
      <translation>Где проверять</translation>
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/settings/more_pages.py" />
      <source>empty: the server's first</source>
      <translation>пусто: первая на сервере</translation>
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/settings/more_pages.py" />
      <source>only where the server wants one</source>
      <translation>только если сервер его требует</translation>
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/settings/pages.py" />
      <source>Appearance</source>
      <translation>Вид</translation>
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/settings/pages.py" />
      <source>As the system</source>
      <translation>Как в системе</translation>
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/settings/pages.py" />
      <source>Both take effect at once, also for what is being sent.</source>
      <translation>Оба действуют сразу, в том числе на то, что уже отправляется.</translation>
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/settings/pages.py" />
      <source>Closing the window keeps it running in the tray</source>
      <translation>При закрытии окна оставаться в системном лотке</translation>
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/settings/pages.py" />
      <source>Colours</source>
      <translation>Цвета</translation>
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/settings/pages.py" />
      <source>Files at the same time</source>
      <translation>Файлов одновременно</translation>
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/settings/pages.py" />
      <source>Keep the computer awake while training</source>
      <translation>Не давать компьютеру засыпать во время обучения</translation>
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/settings/pages.py" />
      <source>Language</source>
      <translation>Язык</translation>
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/settings/pages.py" />
      <source>Less motion</source>
      <translation>Меньше движения</translation>
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/settings/pages.py" />
      <source>No limit</source>
      <translation>Без ограничения</translation>
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/settings/pages.py" />
      <source>Notifications and start</source>
      <translation>Уведомления и запуск</translation>
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/settings/pages.py" />
      <source>Speed limit, KiB/s</source>
      <translation>Ограничение скорости, КиБ/с</translation>
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/settings/pages.py" />
      <source>Start when I sign in to this computer</source>
      <translation>Запускать при входе в систему</translation>
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/settings/pages.py" />
      <source>Tell me when a training has ended</source>
      <translation>Сообщать, когда обучение закончилось</translation>
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/settings/pages.py" />
      <source>The file can be read by you alone, but it is not encrypted.</source>
      <translation>Файл можете читать только вы, но он не зашифрован.</translation>
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/settings/pages.py" />
      <source>The system does not let us change this: {why}</source>
      <translation>Система не даёт это изменить: {why}</translation>
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/settings/pages.py" />
      <source>Uploads</source>
      <translation>Загрузка</translation>
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/settings/pages.py" />
      <source>Without a keyring, keep sign-ins in a file</source>
      <translation>Без хранилища ключей хранить вход в файле</translation>
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/settings/rows.py" />
      <source>Set by your administrator</source>
      <translation>Задано администратором</translation>
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/settings/servers.py" />
      <source>A Bldr server answers here.</source>
      <translation>Здесь отвечает сервер Bldr.</translation>
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/settings/servers.py" />
      <source>Add a server</source>
      <translation>Добавить сервер</translation>
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/settings/servers.py" />
      <source>Choose the file…</source>
      <translation>Выбрать файл…</translation>
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/settings/servers.py" />
      <source>Name</source>
      <translation>Имя</translation>
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/settings/servers.py" />
      <source>No server of this name was found. Check the spelling and the network.</source>
      <translation>Сервер с таким именем не найден. Проверьте написание и сеть.</translation>
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/settings/servers.py" />
      <source>Nothing answers at this address. Is the server running, is the port right?</source>
      <translation>По этому адресу никто не отвечает. Запущен ли сервер, верен ли порт?</translation>
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/settings/servers.py" />
      <source>Proxy</source>
      <translation>Прокси</translation>
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/settings/servers.py" />
      <source>Remove</source>
      <translation>Удалить</translation>
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/settings/servers.py" />
      <source>Save</source>
      <translation>Сохранить</translation>
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/settings/servers.py" />
      <source>Servers</source>
      <translation>Серверы</translation>
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/settings/servers.py" />
      <source>Sign out</source>
      <translation>Выйти</translation>
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/settings/servers.py" />
      <source>Something answers here, but it is not a Bldr server.</source>
      <translation>Здесь что-то отвечает, но это не сервер Bldr.</translation>
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/settings/servers.py" />
      <source>Test</source>
      <translation>Проверить</translation>
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/settings/servers.py" />
      <source>The connection to the server was cut.</source>
      <translation>Связь с сервером оборвалась.</translation>
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/settings/servers.py" />
      <source>The server did not answer in time. A firewall may be in the way.</source>
      <translation>Сервер не ответил вовремя. Возможно, мешает брандмауэр.</translation>
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/settings/servers.py" />
      <source>The server's certificate is not trusted.</source>
      <translation>Сертификату сервера нет доверия.</translation>
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/settings/servers.py" />
      <source>This Bldr server is of a version that lacks what is needed.</source>
      <translation>У этого сервера Bldr такая версия, в которой нет нужного.</translation>
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/settings/servers.py" />
      <source>This computer</source>
      <translation>Этот компьютер</translation>
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/settings/servers.py" />
      <source>Use this server</source>
      <translation>Работать с этим сервером</translation>
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/settings/servers.py" />
      <source>Version {version}.</source>
      <translation>Версия {version}.</translation>
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/settings/servers.py" />
      <source>Your name there</source>
      <translation>Ваше имя там</translation>
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/settings/servers.py" />
      <source>empty: as the system; none: without</source>
      <translation>пусто: как в системе; none: без прокси</translation>
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/settings/servers.py" />
      <source>in use</source>
      <translation>используется</translation>
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/sign_in.py" />
      <source>Not now</source>
      <translation>Не сейчас</translation>
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/sign_in.py" />
      <source>Other server…</source>
      <translation>Другой сервер…</translation>
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/sign_in.py" />
      <source>Password</source>
      <translation>Пароль</translation>
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/sign_in.py" />
      <source>Server</source>
      <translation>Сервер</translation>
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/sign_in.py" />
      <source>Sign in</source>
      <translation>Войти</translation>
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/sign_in.py" />
      <source>Stay signed in on this computer</source>
      <translation>Не выходить на этом компьютере</translation>
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/sign_in.py" />
      <source>This server wants to know who you are.</source>
      <translation>Этот сервер хочет знать, кто вы.</translation>
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/sign_in.py" />
      <source>Your session is over. Nothing is lost: everything goes on after you sign in.</source>
      <translation>Сеанс закончился. Ничего не потеряно: после входа всё продолжится.</translation>
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/sign_in_controller.py" />
      <source>Name or password is wrong.</source>
      <translation>Неверное имя или пароль.</translation>
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/sign_in_controller.py" />
      <source>The system's keyring cannot be used: the sign-in is kept in a file only you can read.</source>
      <translation>Хранилище ключей системы недоступно: вход хранится в файле, который можете читать только вы.</translation>
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/sign_in_controller.py" />
      <source>The system's keyring cannot be used: you stay signed in until you quit.</source>
      <translation>Хранилище ключей системы недоступно: вход действует, пока вы не закроете программу.</translation>
    </message>
    <message numerus="yes">
      <location filename="../../bldr_desktop/ui/sizes.py" />
      <source>%n byte(s)</source>
      <translation>
        <numerusform>%n байт</numerusform>
        <numerusform>%n байта</numerusform>
        <numerusform>%n байт</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <location filename="../../bldr_desktop/ui/status_line.py" />
      <source>%n job(s) running</source>
      <translation>
        <numerusform>Выполняется %n задание</numerusform>
        <numerusform>Выполняется %n задания</numerusform>
        <numerusform>Выполняется %n заданий</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <location filename="../../bldr_desktop/ui/status_line.py" />
      <source>%n job(s) waiting</source>
      <translation>
        <numerusform>Ждёт %n задание</numerusform>
        <numerusform>Ждут %n задания</numerusform>
        <numerusform>Ждут %n заданий</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <location filename="../../bldr_desktop/ui/status_line.py" />
      <source>%n waiting</source>
      <translation>
        <numerusform>ждёт %n</numerusform>
        <numerusform>ждут %n</numerusform>
        <numerusform>ждут %n</numerusform>
      </translation>
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/status_line.py" />
      <source>Go to the queue</source>
      <translation>Перейти к очереди</translation>
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/status_line.py" />
      <source>No jobs running</source>
      <translation>Заданий нет</translation>
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/tour.py" />
      <source>A short tour</source>
      <translation>Короткое знакомство</translation>
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/tour.py" />
      <source>Ask and check</source>
      <translation>Спрашивайте и проверяйте</translation>
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/tour.py" />
      <source>Ask in plain words, or type a clause such as «СП 63 п.8.1.3». A click on a hit opens its page with the passage marked. Nothing is invented.</source>
      <translation>Спрашивайте обычными словами или введите пункт, например «СП 63 п.8.1.3». Щелчок по находке откроет страницу с отмеченным местом. Ничего не выдумывается.</translation>
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/tour.py" />
      <source>Back</source>
      <translation>Назад</translation>
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/tour.py" />
      <source>Begin</source>
      <translation>Начать</translation>
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/tour.py" />
      <source>Ctrl+K finds any action, F1 shows all keys. Language, colours and servers are in the settings; this tour is in the Help menu.</source>
      <translation>Ctrl+K найдёт любое действие, F1 покажет все клавиши. Язык, цвета и серверы — в настройках; это знакомство — в меню «Справка».</translation>
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/tour.py" />
      <source>Drop your documents</source>
      <translation>Перетащите документы</translation>
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/tour.py" />
      <source>Folders of norms, estimates and letters go on the File Manager. You see what is new, changed or unsupported before anything is sent.</source>
      <translation>Папки с нормами, сметами и письмами — в «Файлы». До отправки видно, что новое, что изменилось и что не поддерживается.</translation>
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/tour.py" />
      <source>Help is near</source>
      <translation>Подсказки рядом</translation>
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/tour.py" />
      <source>Next</source>
      <translation>Далее</translation>
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/tour.py" />
      <source>Skip</source>
      <translation>Пропустить</translation>
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/tour.py" />
      <source>Trained means: the text was read and can be found now. The queue shows every job, what it waits for, and which files failed and why.</source>
      <translation>«Обучен» значит: текст прочитан и уже находится поиском. В очереди видны все задания, чего они ждут и какие файлы не удались и почему.</translation>
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/tour.py" />
      <source>Watch the training</source>
      <translation>Следите за обучением</translation>
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/tour.py" />
      <source>{number} of {all}</source>
      <translation>{number} из {all}</translation>
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/widgets/state_view.py" />
      <source>Copy details</source>
      <translation>Скопировать подробности</translation>
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/widgets/state_view.py" />
      <source>Loading…</source>
      <translation>Загрузка…</translation>
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/widgets/state_view.py" />
      <source>Offline since {time}. This is what was last known.</source>
      <translation>Нет связи с {time}. Показаны последние известные данные.</translation>
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/widgets/state_view.py" />
      <source>Offline. This is what was last known.</source>
      <translation>Нет связи. Показаны последние известные данные.</translation>
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/widgets/state_view.py" />
      <source>Try again</source>
      <translation>Повторить</translation>
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/widgets/state_view.py" />
      <source>Try now</source>
      <translation>Повторить сейчас</translation>
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/widgets/state_view.py" />
      <source>{what} needs a server that has it. Everything else works.</source>
      <translation>{what}: нужен сервер, где это есть. Всё остальное работает.</translation>
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/widgets/toast.py" />
      <source>Dismiss</source>
      <translation>Закрыть</translation>
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/widgets/toast.py" />
      <source>Undo</source>
      <translation>Отменить</translation>
    </message>
    <message numerus="yes">
      <location filename="../../bldr_desktop/ui/window_controller.py" />
      <source>%n busy</source>
      <translation>
        <numerusform>занят %n</numerusform>
        <numerusform>заняты %n</numerusform>
        <numerusform>заняты %n</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <location filename="../../bldr_desktop/ui/window_controller.py" />
      <source>%n worker(s)</source>
      <translation>
        <numerusform>%n обработчик</numerusform>
        <numerusform>%n обработчика</numerusform>
        <numerusform>%n обработчиков</numerusform>
      </translation>
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/window_controller.py" />
      <source>Connected</source>
      <translation>Подключено</translation>
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/window_controller.py" />
      <source>Connecting</source>
      <translation>Подключение</translation>
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/window_controller.py" />
      <source>Limited</source>
      <translation>Ограниченно</translation>
    </message>
    <message numerus="yes">
      <location filename="../../bldr_desktop/ui/window_controller.py" />
      <source>Next attempt in %n s.</source>
      <translation>
        <numerusform>Следующая попытка через %n с.</numerusform>
        <numerusform>Следующая попытка через %n с.</numerusform>
        <numerusform>Следующая попытка через %n с.</numerusform>
      </translation>
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/window_controller.py" />
      <source>No server of this name was found.</source>
      <translation>Сервер с таким именем не найден.</translation>
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/window_controller.py" />
      <source>Offline</source>
      <translation>Нет связи</translation>
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/window_controller.py" />
      <source>Reconnecting</source>
      <translation>Переподключение</translation>
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/window_controller.py" />
      <source>Sign in to go on.</source>
      <translation>Войдите, чтобы продолжить.</translation>
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/window_controller.py" />
      <source>Signed out</source>
      <translation>Вход не выполнен</translation>
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/window_controller.py" />
      <source>Since {time}</source>
      <translation>С {time}</translation>
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/window_controller.py" />
      <source>The engine does not start: {reason}</source>
      <translation>Движок не запускается: {reason}</translation>
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/window_controller.py" />
      <source>The engine is starting.</source>
      <translation>Движок запускается.</translation>
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/window_controller.py" />
      <source>The engine is stopped.</source>
      <translation>Движок остановлен.</translation>
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/window_controller.py" />
      <source>The engine stopped and is started again.</source>
      <translation>Движок остановился и запускается снова.</translation>
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/window_controller.py" />
      <source>The search index is being opened.</source>
      <translation>Открывается поисковый индекс.</translation>
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/window_controller.py" />
      <source>The server did not answer in time.</source>
      <translation>Сервер не ответил вовремя.</translation>
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/window_controller.py" />
      <source>The server takes no more connections now.</source>
      <translation>Сервер сейчас не принимает новые подключения.</translation>
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/window_controller.py" />
      <source>This is not a Bldr server.</source>
      <translation>Это не сервер Bldr.</translation>
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/window_controller.py" />
      <source>idle</source>
      <translation>свободны</translation>
    </message>
  </context>
</TS>
