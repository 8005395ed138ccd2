<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="ru" sourcelanguage="en">
  <context>
    <name>files</name>
    <message>
      <location filename="../../bldr_desktop/ui/models/folder_model.py" />
      <source>Details</source>
      <translation>Подробности</translation>
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/models/folder_model.py" />
      <source>Name</source>
      <translation>Имя</translation>
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/models/folder_model.py" />
      <source>Size</source>
      <translation>Размер</translation>
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/models/preflight_model.py" />
      <source>What it is</source>
      <translation>Что это</translation>
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/models/transfers_model.py" />
      <source>Progress</source>
      <translation>Ход</translation>
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/models/transfers_model.py" />
      <source>State</source>
      <translation>Состояние</translation>
    </message>
    <message numerus="yes">
      <location filename="../../bldr_desktop/ui/panels/file_manager/controller.py" />
      <source>%n file(s) could not be made searchable; the reasons are in the list.</source>
      <translation>
        <numerusform>%n файл не удалось сделать доступным для поиска; причина в списке.</numerusform>
        <numerusform>%n файла не удалось сделать доступными для поиска; причины в списке.</numerusform>
        <numerusform>%n файлов не удалось сделать доступными для поиска; причины в списке.</numerusform>
      </translation>
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/panels/file_manager/controller.py" />
      <source>Add files</source>
      <translation>Добавить файлы</translation>
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/panels/file_manager/controller.py" />
      <source>Add folder</source>
      <translation>Добавить папку</translation>
    </message>
    <message numerus="yes">
      <location filename="../../bldr_desktop/ui/panels/file_manager/controller.py" />
      <source>All done: %n file(s) searchable.</source>
      <translation>
        <numerusform>%n файл доступен для поиска.</numerusform>
        <numerusform>Все %n файла доступны для поиска.</numerusform>
        <numerusform>Все %n файлов доступны для поиска.</numerusform>
      </translation>
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/panels/file_manager/controller.py" />
      <source>Ask a question</source>
      <translation>Задать вопрос</translation>
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/panels/file_manager/controller.py" />
      <source>None</source>
      <translation>Нет</translation>
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/panels/file_manager/controller.py" />
      <source>Parallel uploads</source>
      <translation>Загрузок одновременно</translation>
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/panels/file_manager/controller.py" />
      <source>Paused: {reason}</source>
      <translation>Приостановлено: {reason}</translation>
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/panels/file_manager/controller.py" />
      <source>Resume</source>
      <translation>Продолжить</translation>
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/panels/file_manager/controller.py" />
      <source>Show</source>
      <translation>Показать</translation>
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/panels/file_manager/controller.py" />
      <source>Speed limit</source>
      <translation>Предел скорости</translation>
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/panels/file_manager/controller.py" />
      <source>The server does not answer. Uploads wait and go on by themselves.</source>
      <translation>Сервер не отвечает. Загрузки ждут и продолжатся сами.</translation>
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/panels/file_manager/controller.py" />
      <source>Try now</source>
      <translation>Попробовать сейчас</translation>
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/panels/file_manager/drop_zone.py" />
      <source>Add files…</source>
      <translation>Добавить файлы…</translation>
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/panels/file_manager/drop_zone.py" />
      <source>Add folder…</source>
      <translation>Добавить папку…</translation>
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/panels/file_manager/drop_zone.py" />
      <source>Drop documents or folders here</source>
      <translation>Перетащите сюда документы или папки</translation>
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/panels/file_manager/drop_zone.py" />
      <source>Drop files or folders here</source>
      <translation>Перетащите сюда файлы или папки</translation>
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/panels/file_manager/drop_zone.py" />
      <source>PDF, Word, Excel, HTML, text, scans and many more; folders with everything in them. You see what is new and what has changed before anything is sent.</source>
      <translation>PDF, Word, Excel, HTML, тексты, сканы и многое другое; папки со всем содержимым. Прежде чем что-либо отправится, вы увидите, что нового и что изменилось.</translation>
    </message>
    <message numerus="yes">
      <location filename="../../bldr_desktop/ui/panels/file_manager/folders_controller.py" />
      <source>%n document(s) removed from search</source>
      <translation>
        <numerusform>%n документ убран из поиска</numerusform>
        <numerusform>%n документа убраны из поиска</numerusform>
        <numerusform>%n документов убрано из поиска</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <location filename="../../bldr_desktop/ui/panels/file_manager/folders_controller.py" />
      <source>%n file(s) on their way</source>
      <translation>
        <numerusform>%n файл отправляется</numerusform>
        <numerusform>%n файла отправляются</numerusform>
        <numerusform>%n файлов отправляются</numerusform>
      </translation>
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/panels/file_manager/folders_controller.py" />
      <source>Off the list: {name}</source>
      <translation>Убрано из списка: {name}</translation>
    </message>
    <message numerus="yes">
      <location filename="../../bldr_desktop/ui/panels/file_manager/folders_view.py" />
      <source>%n searchable</source>
      <translation>
        <numerusform>%n в поиске</numerusform>
        <numerusform>%n в поиске</numerusform>
        <numerusform>%n в поиске</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <location filename="../../bldr_desktop/ui/panels/file_manager/folders_view.py" />
      <source>%n skipped</source>
      <translation>
        <numerusform>%n пропущен</numerusform>
        <numerusform>%n пропущено</numerusform>
        <numerusform>%n пропущено</numerusform>
      </translation>
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/panels/file_manager/folders_view.py" />
      <source>Add a folder to see what in it is not searchable, what has changed and what is gone. A watched folder is compared again whenever something in it changes.</source>
      <translation>Добавьте папку, чтобы увидеть, чего в ней ещё нет в поиске, что изменилось и что исчезло. Папка под наблюдением сверяется заново при каждом изменении.</translation>
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/panels/file_manager/folders_view.py" />
      <source>Compare again whenever something in the folder changes</source>
      <translation>Сверять заново, когда в папке что-то меняется</translation>
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/panels/file_manager/folders_view.py" />
      <source>Compare now</source>
      <translation>Сверить</translation>
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/panels/file_manager/folders_view.py" />
      <source>Comparing…</source>
      <translation>Сверяется…</translation>
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/panels/file_manager/folders_view.py" />
      <source>Files of this kind</source>
      <translation>Файлы этого вида</translation>
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/panels/file_manager/folders_view.py" />
      <source>Folders</source>
      <translation>Папки</translation>
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/panels/file_manager/folders_view.py" />
      <source>No folders yet</source>
      <translation>Папок пока нет</translation>
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/panels/file_manager/folders_view.py" />
      <source>Not compared yet</source>
      <translation>Ещё не сверялась</translation>
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/panels/file_manager/folders_view.py" />
      <source>Off the list</source>
      <translation>Убрать из списка</translation>
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/panels/file_manager/folders_view.py" />
      <source>Show: {name}</source>
      <translation>Показать: {name}</translation>
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/panels/file_manager/folders_view.py" />
      <source>The folder has not been there since {time}. What was trained stays.</source>
      <translation>Папки нет на месте с {time}. То, что обучено, остаётся.</translation>
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/panels/file_manager/folders_view.py" />
      <source>Watch</source>
      <translation>Наблюдать</translation>
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/panels/file_manager/folders_view.py" />
      <source>compared at {time}</source>
      <translation>сверено в {time}</translation>
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/panels/file_manager/folders_view.py" />
      <source>the server could not be asked</source>
      <translation>сервер не удалось спросить</translation>
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/panels/file_manager/panel.py" />
      <source>Files</source>
      <translation>Файлы</translation>
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/panels/file_manager/panel.py" />
      <source>Server folder</source>
      <translation>Папка на сервере</translation>
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/panels/file_manager/panel.py" />
      <source>Transfers</source>
      <translation>Передачи</translation>
    </message>
    <message numerus="yes">
      <location filename="../../bldr_desktop/ui/panels/file_manager/preflight_view.py" />
      <source>%n file(s) to upload, {size}</source>
      <translation>
        <numerusform>К загрузке %n файл, {size}</numerusform>
        <numerusform>К загрузке %n файла, {size}</numerusform>
        <numerusform>К загрузке %n файлов, {size}</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <location filename="../../bldr_desktop/ui/panels/file_manager/preflight_view.py" />
      <source>%n folder(s) could not be opened.</source>
      <translation>
        <numerusform>%n папку не удалось открыть.</numerusform>
        <numerusform>%n папки не удалось открыть.</numerusform>
        <numerusform>%n папок не удалось открыть.</numerusform>
      </translation>
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/panels/file_manager/preflight_view.py" />
      <source>Cancel</source>
      <translation>Отмена</translation>
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/panels/file_manager/preflight_view.py" />
      <source>Changed files:</source>
      <translation>Изменившиеся файлы:</translation>
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/panels/file_manager/preflight_view.py" />
      <source>Close</source>
      <translation>Закрыть</translation>
    </message>
    <message numerus="yes">
      <location filename="../../bldr_desktop/ui/panels/file_manager/preflight_view.py" />
      <source>Comparing %n file(s) with what is known</source>
      <translation>
        <numerusform>Сверяется %n файл с тем, что уже есть</numerusform>
        <numerusform>Сверяются %n файла с тем, что уже есть</numerusform>
        <numerusform>Сверяются %n файлов с тем, что уже есть</numerusform>
      </translation>
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/panels/file_manager/preflight_view.py" />
      <source>Files to upload</source>
      <translation>Файлы к загрузке</translation>
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/panels/file_manager/preflight_view.py" />
      <source>Keep both</source>
      <translation>Оставить оба</translation>
    </message>
    <message numerus="yes">
      <location filename="../../bldr_desktop/ui/panels/file_manager/preflight_view.py" />
      <source>Left out: %n hidden or temporary item(s).</source>
      <translation>
        <numerusform>%n скрытый или временный объект пропущен.</numerusform>
        <numerusform>%n скрытых или временных объекта пропущены.</numerusform>
        <numerusform>%n скрытых или временных объектов пропущено.</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <location filename="../../bldr_desktop/ui/panels/file_manager/preflight_view.py" />
      <source>Looking: %n file(s) found</source>
      <translation>
        <numerusform>Просмотр: найден %n файл</numerusform>
        <numerusform>Просмотр: найдено %n файла</numerusform>
        <numerusform>Просмотр: найдено %n файлов</numerusform>
      </translation>
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/panels/file_manager/preflight_view.py" />
      <source>Make searchable when uploaded</source>
      <translation>После загрузки сделать доступными для поиска</translation>
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/panels/file_manager/preflight_view.py" />
      <source>Nothing new to upload</source>
      <translation>Нового для загрузки нет</translation>
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/panels/file_manager/preflight_view.py" />
      <source>Replace the old</source>
      <translation>Заменить старые</translation>
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/panels/file_manager/preflight_view.py" />
      <source>Skip</source>
      <translation>Пропустить</translation>
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/panels/file_manager/preflight_view.py" />
      <source>The server could not be asked what it has; what is there will not be sent twice.</source>
      <translation>Не удалось спросить сервер, что у него есть; дважды одно и то же не отправится.</translation>
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/panels/file_manager/preflight_view.py" />
      <source>There are no documents in what was dropped</source>
      <translation>Среди перетащенного нет документов</translation>
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/panels/file_manager/preflight_view.py" />
      <source>Train on these files as soon as they are uploaded</source>
      <translation>Обучить на этих файлах сразу после загрузки</translation>
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/panels/file_manager/preflight_view.py" />
      <source>Upload</source>
      <translation>Загрузить</translation>
    </message>
    <message numerus="yes">
      <location filename="../../bldr_desktop/ui/panels/file_manager/preflight_view.py" />
      <source>Upload %n file(s)</source>
      <translation>
        <numerusform>Загрузить %n файл</numerusform>
        <numerusform>Загрузить %n файла</numerusform>
        <numerusform>Загрузить %n файлов</numerusform>
      </translation>
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/panels/file_manager/preflight_view.py" />
      <source>What to do with files whose content has changed</source>
      <translation>Что делать с файлами, содержимое которых изменилось</translation>
    </message>
    <message numerus="yes">
      <location filename="../../bldr_desktop/ui/panels/file_manager/server_folder_view.py" />
      <source>%n cannot be read and are left out</source>
      <translation>
        <numerusform>%n не читается и пропущен</numerusform>
        <numerusform>%n не читаются и пропущены</numerusform>
        <numerusform>%n не читаются и пропущены</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <location filename="../../bldr_desktop/ui/panels/file_manager/server_folder_view.py" />
      <source>%n file(s) can be read</source>
      <translation>
        <numerusform>Можно прочитать %n файл</numerusform>
        <numerusform>Можно прочитать %n файла</numerusform>
        <numerusform>Можно прочитать %n файлов</numerusform>
      </translation>
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/panels/file_manager/server_folder_view.py" />
      <source>A folder on the server</source>
      <translation>Папка на сервере</translation>
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/panels/file_manager/server_folder_view.py" />
      <source>For documents that lie where the server can see them, such as a network share. They are read in place; nothing is uploaded, moved or changed.</source>
      <translation>Для документов, которые сервер видит сам, например на сетевом диске. Они читаются на месте; ничего не загружается, не переносится и не меняется.</translation>
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/panels/file_manager/server_folder_view.py" />
      <source>Look</source>
      <translation>Просмотреть</translation>
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/panels/file_manager/server_folder_view.py" />
      <source>Looking…</source>
      <translation>Просмотр…</translation>
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/panels/file_manager/server_folder_view.py" />
      <source>Path as the server sees it, e.g. /srv/norms</source>
      <translation>Путь, как его видит сервер, например /srv/norms</translation>
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/panels/file_manager/server_folder_view.py" />
      <source>Path of the folder</source>
      <translation>Путь к папке</translation>
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/panels/file_manager/server_folder_view.py" />
      <source>Train this folder</source>
      <translation>Обучить на этой папке</translation>
    </message>
    <message numerus="yes">
      <location filename="../../bldr_desktop/ui/panels/file_manager/table_menu.py" />
      <source>%n document(s) downloaded; drag again to drop them</source>
      <translation>
        <numerusform>%n документ скачан; перетащите его ещё раз</numerusform>
        <numerusform>%n документа скачаны; перетащите их ещё раз</numerusform>
        <numerusform>%n документов скачано; перетащите их ещё раз</numerusform>
      </translation>
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/panels/file_manager/table_menu.py" />
      <source>Cancel upload</source>
      <translation>Отменить загрузку</translation>
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/panels/file_manager/table_menu.py" />
      <source>Copy path</source>
      <translation>Копировать путь</translation>
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/panels/file_manager/table_menu.py" />
      <source>Copy reason</source>
      <translation>Копировать причину</translation>
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/panels/file_manager/table_menu.py" />
      <source>Make searchable</source>
      <translation>Сделать доступным для поиска</translation>
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/panels/file_manager/table_menu.py" />
      <source>Open document</source>
      <translation>Открыть документ</translation>
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/panels/file_manager/table_menu.py" />
      <source>Pause</source>
      <translation>Пауза</translation>
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/panels/file_manager/table_menu.py" />
      <source>Remove from list</source>
      <translation>Убрать из списка</translation>
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/panels/file_manager/table_menu.py" />
      <source>Show in folder</source>
      <translation>Показать в папке</translation>
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/panels/file_manager/table_menu.py" />
      <source>Try again</source>
      <translation>Повторить</translation>
    </message>
    <message numerus="yes">
      <location filename="../../bldr_desktop/ui/panels/file_manager/table_view.py" />
      <source>%n failed</source>
      <translation>
        <numerusform>%n не удался</numerusform>
        <numerusform>%n не удалось</numerusform>
        <numerusform>%n не удалось</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <location filename="../../bldr_desktop/ui/panels/file_manager/table_view.py" />
      <source>%n file(s)</source>
      <translation>
        <numerusform>%n файл</numerusform>
        <numerusform>%n файла</numerusform>
        <numerusform>%n файлов</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <location filename="../../bldr_desktop/ui/panels/file_manager/table_view.py" />
      <source>%n without text</source>
      <translation>
        <numerusform>%n без текста</numerusform>
        <numerusform>%n без текста</numerusform>
        <numerusform>%n без текста</numerusform>
      </translation>
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/panels/file_manager/table_view.py" />
      <source>All</source>
      <translation>Все</translation>
    </message>
    <message numerus="yes">
      <location filename="../../bldr_desktop/ui/panels/file_manager/table_view.py" />
      <source>Cancel %n</source>
      <translation>
        <numerusform>Отменить %n</numerusform>
        <numerusform>Отменить %n</numerusform>
        <numerusform>Отменить %n</numerusform>
      </translation>
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/panels/file_manager/table_view.py" />
      <source>Clear done</source>
      <translation>Убрать готовые</translation>
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/panels/file_manager/table_view.py" />
      <source>Filter by name</source>
      <translation>Имя файла</translation>
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/panels/file_manager/table_view.py" />
      <source>Filter by state</source>
      <translation>Фильтр по состоянию</translation>
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/panels/file_manager/table_view.py" />
      <source>Make uploaded files searchable</source>
      <translation>Сделать загруженные файлы доступными для поиска</translation>
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/panels/file_manager/table_view.py" />
      <source>Parallel uploads and speed limit</source>
      <translation>Число одновременных загрузок и предел скорости</translation>
    </message>
    <message numerus="yes">
      <location filename="../../bldr_desktop/ui/panels/file_manager/table_view.py" />
      <source>Pause %n</source>
      <translation>
        <numerusform>Пауза %n</numerusform>
        <numerusform>Пауза %n</numerusform>
        <numerusform>Пауза %n</numerusform>
      </translation>
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/panels/file_manager/table_view.py" />
      <source>Problems</source>
      <translation>Проблемы</translation>
    </message>
    <message numerus="yes">
      <location filename="../../bldr_desktop/ui/panels/file_manager/table_view.py" />
      <source>Resume %n</source>
      <translation>
        <numerusform>Продолжить %n</numerusform>
        <numerusform>Продолжить %n</numerusform>
        <numerusform>Продолжить %n</numerusform>
      </translation>
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/panels/file_manager/table_view.py" />
      <source>Retry failed</source>
      <translation>Повторить</translation>
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/panels/file_manager/table_view.py" />
      <source>Searchable</source>
      <translation>В поиске</translation>
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/panels/file_manager/table_view.py" />
      <source>Take finished rows out of this list; documents stay</source>
      <translation>Убрать готовые строки из этого списка; документы остаются</translation>
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/panels/file_manager/table_view.py" />
      <source>Train</source>
      <translation>Обучить</translation>
    </message>
    <message numerus="yes">
      <location filename="../../bldr_desktop/ui/panels/file_manager/table_view.py" />
      <source>Train %n file(s)</source>
      <translation>
        <numerusform>Обучить на %n файле</numerusform>
        <numerusform>Обучить на %n файлах</numerusform>
        <numerusform>Обучить на %n файлах</numerusform>
      </translation>
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/panels/file_manager/table_view.py" />
      <source>Try all failed files again, and only them</source>
      <translation>Повторить все неудачные файлы, и только их</translation>
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/panels/file_manager/table_view.py" />
      <source>Under way</source>
      <translation>В работе</translation>
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/panels/file_manager/table_view.py" />
      <source>Upload progress</source>
      <translation>Ход загрузки</translation>
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/panels/file_manager/table_view.py" />
      <source>{sent} of {all}</source>
      <translation>{sent} из {all}</translation>
    </message>
    <message numerus="yes">
      <location filename="../../bldr_desktop/ui/panels/file_manager/words.py" />
      <source>%n chunk(s)</source>
      <translation>
        <numerusform>%n фрагмент</numerusform>
        <numerusform>%n фрагмента</numerusform>
        <numerusform>%n фрагментов</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <location filename="../../bldr_desktop/ui/panels/file_manager/words.py" />
      <source>%n difference(s)</source>
      <translation>
        <numerusform>%n различие</numerusform>
        <numerusform>%n различия</numerusform>
        <numerusform>%n различий</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <location filename="../../bldr_desktop/ui/panels/file_manager/words.py" />
      <source>%n page(s)</source>
      <translation>
        <numerusform>%n страница</numerusform>
        <numerusform>%n страницы</numerusform>
        <numerusform>%n страниц</numerusform>
      </translation>
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/panels/file_manager/words.py" />
      <source>Already searchable</source>
      <translation>Уже в поиске</translation>
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/panels/file_manager/words.py" />
      <source>Cancelled</source>
      <translation>Отменён</translation>
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/panels/file_manager/words.py" />
      <source>Cannot be read</source>
      <translation>Не читается</translation>
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/panels/file_manager/words.py" />
      <source>Changed</source>
      <translation>Изменилось</translation>
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/panels/file_manager/words.py" />
      <source>Checking</source>
      <translation>Проверка</translation>
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/panels/file_manager/words.py" />
      <source>Chunking</source>
      <translation>Разбивка</translation>
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/panels/file_manager/words.py" />
      <source>Could not be read</source>
      <translation>Не удалось прочитать</translation>
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/panels/file_manager/words.py" />
      <source>Duplicate</source>
      <translation>Дубликат</translation>
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/panels/file_manager/words.py" />
      <source>Duplicates</source>
      <translation>Дубликаты</translation>
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/panels/file_manager/words.py" />
      <source>Empty</source>
      <translation>Без содержимого</translation>
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/panels/file_manager/words.py" />
      <source>Failed</source>
      <translation>Не удалось</translation>
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/panels/file_manager/words.py" />
      <source>Gone</source>
      <translation>Исчезли</translation>
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/panels/file_manager/words.py" />
      <source>In the folder, not uploaded or not trained yet</source>
      <translation>В папке есть, но ещё не загружены или не обучены</translation>
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/panels/file_manager/words.py" />
      <source>In the queue</source>
      <translation>В очереди</translation>
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/panels/file_manager/words.py" />
      <source>Indexing</source>
      <translation>Индексация</translation>
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/panels/file_manager/words.py" />
      <source>New</source>
      <translation>Новое</translation>
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/panels/file_manager/words.py" />
      <source>No bytes, or no text in them</source>
      <translation>Ни байта или нет текста</translation>
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/panels/file_manager/words.py" />
      <source>No text</source>
      <translation>Нет текста</translation>
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/panels/file_manager/words.py" />
      <source>Not searchable</source>
      <translation>Нет в поиске</translation>
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/panels/file_manager/words.py" />
      <source>Not supported</source>
      <translation>Не поддерживается</translation>
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/panels/file_manager/words.py" />
      <source>Other content is known under this name</source>
      <translation>Под этим именем известно другое содержимое</translation>
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/panels/file_manager/words.py" />
      <source>Other content than what was trained</source>
      <translation>Не то содержимое, которое обучено</translation>
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/panels/file_manager/words.py" />
      <source>Paused</source>
      <translation>Пауза</translation>
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/panels/file_manager/words.py" />
      <source>Reading</source>
      <translation>Чтение</translation>
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/panels/file_manager/words.py" />
      <source>Remove from search</source>
      <translation>Убрать из поиска</translation>
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/panels/file_manager/words.py" />
      <source>Same content as another file</source>
      <translation>То же содержимое, что у другого файла</translation>
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/panels/file_manager/words.py" />
      <source>Same content as {name}</source>
      <translation>То же, что {name}</translation>
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/panels/file_manager/words.py" />
      <source>Too big</source>
      <translation>Больше предела</translation>
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/panels/file_manager/words.py" />
      <source>Trained, but no longer in the folder</source>
      <translation>Обучены, но в папке их больше нет</translation>
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/panels/file_manager/words.py" />
      <source>Unchanged</source>
      <translation>Без изменений</translation>
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/panels/file_manager/words.py" />
      <source>Update</source>
      <translation>Обновить</translation>
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/panels/file_manager/words.py" />
      <source>Uploaded</source>
      <translation>Загружен</translation>
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/panels/file_manager/words.py" />
      <source>Uploading</source>
      <translation>Загрузка</translation>
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/panels/file_manager/words.py" />
      <source>Waiting</source>
      <translation>Ожидание</translation>
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/panels/file_manager/words.py" />
      <source>all searchable</source>
      <translation>всё в поиске</translation>
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/panels/file_manager/words.py" />
      <source>comparing…</source>
      <translation>сверяется…</translation>
    </message>
    <message numerus="yes">
      <location filename="../../bldr_desktop/ui/panels/file_manager/words.py" />
      <source>found %n time(s)</source>
      <translation>
        <numerusform>найден %n раз</numerusform>
        <numerusform>найден %n раза</numerusform>
        <numerusform>найден %n раз</numerusform>
      </translation>
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/panels/file_manager/words.py" />
      <source>not compared yet</source>
      <translation>ещё не сверялась</translation>
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/panels/file_manager/words.py" />
      <source>not there</source>
      <translation>нет на месте</translation>
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/panels/file_manager/words.py" />
      <source>{low}–{high} h</source>
      <translation>{low}–{high} ч</translation>
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/panels/file_manager/words.py" />
      <source>{low}–{high} min</source>
      <translation>{low}–{high} мин</translation>
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/panels/file_manager/words.py" />
      <source>{low}–{high} s</source>
      <translation>{low}–{high} с</translation>
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/panels/file_manager/words.py" />
      <source>{n} min</source>
      <translation>{n} мин</translation>
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/panels/file_manager/words.py" />
      <source>{n} s</source>
      <translation>{n} с</translation>
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/panels/file_manager/words.py" />
      <source>{size}/s</source>
      <translation>{size}/с</translation>
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/panels/file_manager/words.py" />
      <source>{time} left</source>
      <translation>осталось {time}</translation>
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/reasons.py" />
      <source>A scan without text; needs OCR</source>
      <translation>Скан без текста; нужно распознавание</translation>
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/reasons.py" />
      <source>Cannot be opened: in use by another program, or not yours</source>
      <translation>Не открывается: занят другой программой или нет прав</translation>
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/reasons.py" />
      <source>Crashed its reader several times; set aside</source>
      <translation>Несколько раз обрушил чтение; отложен</translation>
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/reasons.py" />
      <source>DWG drawings cannot be read; save it as DXF or PDF</source>
      <translation>Чертежи DWG не читаются; сохраните в DXF или PDF</translation>
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/reasons.py" />
      <source>Is being written to by another program; try again later</source>
      <translation>Записывается другой программой; повторите позже</translation>
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/reasons.py" />
      <source>Larger than the server takes</source>
      <translation>Больше, чем принимает сервер</translation>
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/reasons.py" />
      <source>Not a document that can be read</source>
      <translation>Не документ, который можно прочитать</translation>
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/reasons.py" />
      <source>Protected by a password; save it without one</source>
      <translation>Защищён паролем; сохраните без него</translation>
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/reasons.py" />
      <source>Reading it took too long</source>
      <translation>Чтение заняло слишком долго</translation>
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/reasons.py" />
      <source>Reading it took too much memory</source>
      <translation>Чтение заняло слишком много памяти</translation>
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/reasons.py" />
      <source>The document was deleted on the server</source>
      <translation>Документ удалён на сервере</translation>
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/reasons.py" />
      <source>The file is damaged</source>
      <translation>Файл повреждён</translation>
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/reasons.py" />
      <source>The file is empty</source>
      <translation>Файл пуст</translation>
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/reasons.py" />
      <source>The file is no longer there</source>
      <translation>Файла больше нет</translation>
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/reasons.py" />
      <source>The file makes its reader crash</source>
      <translation>Файл обрушивает чтение</translation>
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/reasons.py" />
      <source>The path is too long for this system</source>
      <translation>Слишком длинный путь для этой системы</translation>
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/reasons.py" />
      <source>The server's disk is full</source>
      <translation>Диск сервера заполнен</translation>
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/reasons.py" />
      <source>The text's encoding was not recognised</source>
      <translation>Кодировка текста не распознана</translation>
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/reasons.py" />
      <source>There is no text in it</source>
      <translation>В нём нет текста</translation>
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/reasons.py" />
      <source>Unpacks to far too much; not read</source>
      <translation>Распаковывается в слишком большой объём; не прочитан</translation>
    </message>
  </context>
</TS>
