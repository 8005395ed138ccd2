<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="ru" sourcelanguage="en">
  <context>
    <name>shell</name>
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
      <location filename="../../bldr_desktop/ui/main_window.py" />
      <source>Panel</source>
      <translation>Панель</translation>
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/panels/placeholder.py" />
      <source>Not in this version yet</source>
      <translation>Пока нет в этой версии</translation>
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/panels/placeholder.py" />
      <source>This panel is being built. The other panels work.</source>
      <translation>Эта панель ещё строится. Остальные панели работают.</translation>
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
      <source>Not offered by this server</source>
      <translation>Этот сервер такого не предлагает</translation>
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
      <source>Nothing answers at this address.</source>
      <translation>По этому адресу никто не отвечает.</translation>
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
      <source>The connection to the server was cut.</source>
      <translation>Связь с сервером оборвалась.</translation>
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
      <source>The server's certificate is not trusted.</source>
      <translation>Сертификату сервера нет доверия.</translation>
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
