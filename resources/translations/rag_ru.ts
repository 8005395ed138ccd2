<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="ru" sourcelanguage="en">
  <context>
    <name>rag</name>
    <message>
      <location filename="../../bldr_desktop/ui/models/control_questions.py" />
      <source>Changed</source>
      <translation>Изменилось</translation>
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/models/control_questions.py" />
      <source>Last time</source>
      <translation>В последний раз</translation>
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/models/control_questions.py" />
      <source>Question</source>
      <translation>Вопрос</translation>
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/models/control_questions.py" />
      <source>Should find</source>
      <translation>Должно найти</translation>
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/models/control_questions.py" />
      <source>found now</source>
      <translation>теперь находит</translation>
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/models/control_questions.py" />
      <source>lost</source>
      <translation>перестало находить</translation>
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/models/control_questions.py" />
      <source>not asked</source>
      <translation>не задан</translation>
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/models/control_questions.py" />
      <source>p. {page}</source>
      <translation>с. {page}</translation>
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/models/control_questions.py" />
      <source>the document</source>
      <translation>документ</translation>
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/models/control_questions.py" />
      <source>✓ place {rank}</source>
      <translation>✓ место {rank}</translation>
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/models/control_questions.py" />
      <source>✗ not found</source>
      <translation>✗ не найдено</translation>
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/models/control_questions.py" />
      <source>✗ place {rank}</source>
      <translation>✗ место {rank}</translation>
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/models/documents.py" />
      <source>Added</source>
      <translation>Добавлен</translation>
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/models/documents.py" />
      <source>Category</source>
      <translation>Категория</translation>
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/models/documents.py" />
      <source>Chunks</source>
      <translation>Фрагменты</translation>
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/models/documents.py" />
      <source>Document</source>
      <translation>Документ</translation>
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/models/documents.py" />
      <source>Edition</source>
      <translation>Редакция</translation>
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/models/documents.py" />
      <source>File</source>
      <translation>Файл</translation>
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/models/documents.py" />
      <source>Found</source>
      <translation>Найден</translation>
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/models/documents.py" />
      <source>Issued</source>
      <translation>Введён</translation>
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/models/documents.py" />
      <source>Language</source>
      <translation>Язык</translation>
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/models/documents.py" />
      <source>Owner</source>
      <translation>Владелец</translation>
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/models/documents.py" />
      <source>Pages</source>
      <translation>Страницы</translation>
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/models/documents.py" />
      <source>Size</source>
      <translation>Размер</translation>
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/models/documents.py" />
      <source>State</source>
      <translation>Состояние</translation>
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/models/documents.py" />
      <source>Trained</source>
      <translation>Обучен</translation>
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/models/documents.py" />
      <source>Type</source>
      <translation>Тип</translation>
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/models/training_runs.py" />
      <source>Cancelled</source>
      <translation>Отменено</translation>
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/models/training_runs.py" />
      <source>Done</source>
      <translation>Готово</translation>
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/models/training_runs.py" />
      <source>Failed</source>
      <translation>Ошибка</translation>
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/models/training_runs.py" />
      <source>Files</source>
      <translation>Файлы</translation>
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/models/training_runs.py" />
      <source>Interrupted</source>
      <translation>Прервано</translation>
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/models/training_runs.py" />
      <source>Running</source>
      <translation>Идёт</translation>
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/models/training_runs.py" />
      <source>Started</source>
      <translation>Начало</translation>
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/models/training_runs.py" />
      <source>Status</source>
      <translation>Статус</translation>
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/models/training_runs.py" />
      <source>Stopping</source>
      <translation>Останавливается</translation>
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/models/training_runs.py" />
      <source>Took</source>
      <translation>Длилось</translation>
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/models/training_runs.py" />
      <source>Waiting</source>
      <translation>Ждёт</translation>
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/models/training_runs.py" />
      <source>What</source>
      <translation>Что</translation>
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/models/training_runs.py" />
      <source>{seconds} s</source>
      <translation>{seconds} с</translation>
    </message>
    <message numerus="yes">
      <location filename="../../bldr_desktop/ui/panels/rag/chat_controller.py" />
      <source>%n question(s) in the outbox</source>
      <translation>
        <numerusform>%n вопрос ждёт отправки</numerusform>
        <numerusform>%n вопроса ждут отправки</numerusform>
        <numerusform>%n вопросов ждут отправки</numerusform>
      </translation>
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/panels/rag/chat_controller.py" />
      <source>Ask your documents in your own words</source>
      <translation>Спросите документы своими словами</translation>
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/panels/rag/chat_controller.py" />
      <source>Connected</source>
      <translation>Подключено</translation>
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/panels/rag/chat_controller.py" />
      <source>Connecting</source>
      <translation>Подключение</translation>
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/panels/rag/chat_controller.py" />
      <source>Offline</source>
      <translation>Нет связи</translation>
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/panels/rag/chat_controller.py" />
      <source>Reconnecting</source>
      <translation>Восстановление связи</translation>
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/panels/rag/chat_controller.py" />
      <source>Sign-in needed</source>
      <translation>Нужен вход</translation>
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/panels/rag/chat_controller.py" />
      <source>The answer names its sources: document, clause and page, one click away.</source>
      <translation>Ответ называет источники: документ, пункт и страницу — в одном щелчке.</translation>
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/panels/rag/chat_html.py" />
      <source>Ask again</source>
      <translation>Спросить ещё раз</translation>
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/panels/rag/chat_html.py" />
      <source>Looking in the documents…</source>
      <translation>Поиск в документах…</translation>
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/panels/rag/chat_html.py" />
      <source>No answer came in time.</source>
      <translation>Ответ не пришёл вовремя.</translation>
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/panels/rag/chat_html.py" />
      <source>Waits in the outbox; it is sent as soon as there is a connection.</source>
      <translation>Ждёт отправки: уйдёт, как только появится связь.</translation>
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/panels/rag/chat_view.py" />
      <source>Ask</source>
      <translation>Спросить</translation>
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/panels/rag/chat_view.py" />
      <source>Ask the documents; Enter sends</source>
      <translation>Спросите документы; Enter отправляет</translation>
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/panels/rag/chat_view.py" />
      <source>Clear</source>
      <translation>Очистить</translation>
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/panels/rag/chat_view.py" />
      <source>Clear the conversation</source>
      <translation>Очистить переписку</translation>
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/panels/rag/chat_view.py" />
      <source>Conversation</source>
      <translation>Переписка</translation>
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/panels/rag/chat_view.py" />
      <source>Question to the documents</source>
      <translation>Вопрос к документам</translation>
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/panels/rag/controller.py" />
      <source>No program opens this type. It is here: {path}</source>
      <translation>Нет программы для этого типа. Файл здесь: {path}</translation>
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/panels/rag/controller.py" />
      <source>The original cannot be saved: {reason}</source>
      <translation>Не удалось сохранить оригинал: {reason}</translation>
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/panels/rag/controller.py" />
      <source>The question is kept: it is asked after every training</source>
      <translation>Вопрос сохранён: он задаётся после каждого обучения</translation>
    </message>
    <message numerus="yes">
      <location filename="../../bldr_desktop/ui/panels/rag/details.py" />
      <source>%n time(s)</source>
      <translation>
        <numerusform>%n раз</numerusform>
        <numerusform>%n раза</numerusform>
        <numerusform>%n раз</numerusform>
      </translation>
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/panels/rag/details.py" />
      <source>Characters</source>
      <translation>Символы</translation>
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/panels/rag/details.py" />
      <source>Close the details</source>
      <translation>Закрыть подробности</translation>
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/panels/rag/details.py" />
      <source>Folder</source>
      <translation>Папка</translation>
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/panels/rag/details.py" />
      <source>Open</source>
      <translation>Открыть</translation>
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/panels/rag/details.py" />
      <source>Read by</source>
      <translation>Прочитан</translation>
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/panels/rag/details.py" />
      <source>Replaced by</source>
      <translation>Заменён на</translation>
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/panels/rag/details.py" />
      <source>SHA-256</source>
      <translation>SHA-256</translation>
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/panels/rag/details.py" />
      <source>Search in it</source>
      <translation>Искать в нём</translation>
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/panels/rag/details.py" />
      <source>Searchable since</source>
      <translation>В поиске с</translation>
    </message>
    <message numerus="yes">
      <location filename="../../bldr_desktop/ui/panels/rag/documents_controller.py" />
      <source>%n document(s)</source>
      <translation>
        <numerusform>%n документ</numerusform>
        <numerusform>%n документа</numerusform>
        <numerusform>%n документов</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <location filename="../../bldr_desktop/ui/panels/rag/documents_controller.py" />
      <source>%n document(s) disabled: not found any more.</source>
      <translation>
        <numerusform>%n документ отключён: больше не находится.</numerusform>
        <numerusform>%n документа отключены: больше не находятся.</numerusform>
        <numerusform>%n документов отключены: больше не находятся.</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <location filename="../../bldr_desktop/ui/panels/rag/documents_controller.py" />
      <source>%n document(s) enabled.</source>
      <translation>
        <numerusform>%n документ включён.</numerusform>
        <numerusform>%n документа включены.</numerusform>
        <numerusform>%n документов включены.</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <location filename="../../bldr_desktop/ui/panels/rag/documents_controller.py" />
      <source>%n document(s) in the bin.</source>
      <translation>
        <numerusform>%n документ в корзине.</numerusform>
        <numerusform>%n документа в корзине.</numerusform>
        <numerusform>%n документов в корзине.</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <location filename="../../bldr_desktop/ui/panels/rag/documents_controller.py" />
      <source>%n document(s) refused: {reason}</source>
      <translation>
        <numerusform>%n документ отклонён: {reason}</numerusform>
        <numerusform>%n документа отклонены: {reason}</numerusform>
        <numerusform>%n документов отклонены: {reason}</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <location filename="../../bldr_desktop/ui/panels/rag/documents_controller.py" />
      <source>%n document(s) restored.</source>
      <translation>
        <numerusform>%n документ восстановлен.</numerusform>
        <numerusform>%n документа восстановлены.</numerusform>
        <numerusform>%n документов восстановлены.</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <location filename="../../bldr_desktop/ui/panels/rag/documents_controller.py" />
      <source>%n document(s) will be read again</source>
      <translation>
        <numerusform>%n документ будет прочитан заново</numerusform>
        <numerusform>%n документа будут прочитаны заново</numerusform>
        <numerusform>%n документов будут прочитаны заново</numerusform>
      </translation>
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/panels/rag/documents_controller.py" />
      <source>Add documents</source>
      <translation>Добавить документы</translation>
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/panels/rag/documents_controller.py" />
      <source>Add files or a folder; they can be searched as soon as they are trained.</source>
      <translation>Добавьте файлы или папку: после обучения по ним можно искать.</translation>
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/panels/rag/documents_controller.py" />
      <source>No document is like that</source>
      <translation>Таких документов нет</translation>
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/panels/rag/documents_controller.py" />
      <source>No documents yet</source>
      <translation>Документов пока нет</translation>
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/panels/rag/documents_controller.py" />
      <source>Other words or another state may have some.</source>
      <translation>Попробуйте другие слова или другое состояние.</translation>
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/panels/rag/documents_controller.py" />
      <source>Show all</source>
      <translation>Показать все</translation>
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/panels/rag/documents_controller.py" />
      <source>Taken back</source>
      <translation>Отменено</translation>
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/panels/rag/documents_controller.py" />
      <source>The list of documents</source>
      <translation>Список документов</translation>
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/panels/rag/documents_controller.py" />
      <source>Try again</source>
      <translation>Повторить</translation>
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/panels/rag/documents_controller.py" />
      <source>Undo ({seconds} s)</source>
      <translation>Отменить ({seconds} с)</translation>
    </message>
    <message numerus="yes">
      <location filename="../../bldr_desktop/ui/panels/rag/documents_view.py" />
      <source>%n chosen</source>
      <translation>
        <numerusform>Выбран %n</numerusform>
        <numerusform>Выбрано %n</numerusform>
        <numerusform>Выбрано %n</numerusform>
      </translation>
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/panels/rag/documents_view.py" />
      <source>All</source>
      <translation>Все</translation>
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/panels/rag/documents_view.py" />
      <source>Any edition</source>
      <translation>Любая редакция</translation>
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/panels/rag/documents_view.py" />
      <source>Bin</source>
      <translation>Корзина</translation>
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/panels/rag/documents_view.py" />
      <source>Columns</source>
      <translation>Столбцы</translation>
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/panels/rag/documents_view.py" />
      <source>Current</source>
      <translation>Действует</translation>
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/panels/rag/documents_view.py" />
      <source>Define terms</source>
      <translation>С определениями терминов</translation>
    </message>
    <message numerus="yes">
      <location filename="../../bldr_desktop/ui/panels/rag/documents_view.py" />
      <source>Delete %n</source>
      <translation>
        <numerusform>Удалить %n</numerusform>
        <numerusform>Удалить %n</numerusform>
        <numerusform>Удалить %n</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <location filename="../../bldr_desktop/ui/panels/rag/documents_view.py" />
      <source>Disable %n</source>
      <translation>
        <numerusform>Отключить %n</numerusform>
        <numerusform>Отключить %n</numerusform>
        <numerusform>Отключить %n</numerusform>
      </translation>
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/panels/rag/documents_view.py" />
      <source>Disabled</source>
      <translation>Отключён</translation>
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/panels/rag/documents_view.py" />
      <source>Documents</source>
      <translation>Документы</translation>
    </message>
    <message numerus="yes">
      <location filename="../../bldr_desktop/ui/panels/rag/documents_view.py" />
      <source>Enable %n</source>
      <translation>
        <numerusform>Включить %n</numerusform>
        <numerusform>Включить %n</numerusform>
        <numerusform>Включить %n</numerusform>
      </translation>
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/panels/rag/documents_view.py" />
      <source>Export the list</source>
      <translation>Выгрузить список</translation>
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/panels/rag/documents_view.py" />
      <source>Name, title, designation or folder</source>
      <translation>Имя, название, обозначение или папка</translation>
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/panels/rag/documents_view.py" />
      <source>No text</source>
      <translation>Нет текста</translation>
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/panels/rag/documents_view.py" />
      <source>Replaced</source>
      <translation>Заменён</translation>
    </message>
    <message numerus="yes">
      <location filename="../../bldr_desktop/ui/panels/rag/documents_view.py" />
      <source>Restore %n</source>
      <translation>
        <numerusform>Восстановить %n</numerusform>
        <numerusform>Восстановить %n</numerusform>
        <numerusform>Восстановить %n</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <location filename="../../bldr_desktop/ui/panels/rag/documents_view.py" />
      <source>Retrain %n</source>
      <translation>
        <numerusform>Переобучить %n</numerusform>
        <numerusform>Переобучить %n</numerusform>
        <numerusform>Переобучить %n</numerusform>
      </translation>
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/panels/rag/exports_controller.py" />
      <source>It cannot be saved: {reason}</source>
      <translation>Не удалось сохранить: {reason}</translation>
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/panels/rag/exports_controller.py" />
      <source>Save the hits</source>
      <translation>Сохранить результаты</translation>
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/panels/rag/exports_controller.py" />
      <source>Save the list of documents</source>
      <translation>Сохранить список документов</translation>
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/panels/rag/exports_controller.py" />
      <source>Saved: {name}</source>
      <translation>Сохранено: {name}</translation>
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/panels/rag/exports_controller.py" />
      <source>This server offers no export</source>
      <translation>Этот сервер не умеет выгружать</translation>
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/panels/rag/exports_controller.py" />
      <source>documents</source>
      <translation>документы</translation>
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/panels/rag/exports_controller.py" />
      <source>hits</source>
      <translation>результаты</translation>
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/panels/rag/filter_bar.py" />
      <source>Clear all filters</source>
      <translation>Снять все фильтры</translation>
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/panels/rag/filter_bar.py" />
      <source>Off: of each norm only the newest edition is searched</source>
      <translation>Выключено: из редакций нормы ищется только новейшая</translation>
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/panels/rag/filter_bar.py" />
      <source>Replaced editions too</source>
      <translation>И заменённые редакции</translation>
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/panels/rag/filter_bar.py" />
      <source>Type to narrow the list</source>
      <translation>Введите, чтобы сузить список</translation>
    </message>
    <message numerus="yes">
      <location filename="../../bldr_desktop/ui/panels/rag/overview_controller.py" />
      <source>%n found now</source>
      <translation>
        <numerusform>%n теперь находит</numerusform>
        <numerusform>%n теперь находят</numerusform>
        <numerusform>%n теперь находят</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <location filename="../../bldr_desktop/ui/panels/rag/overview_controller.py" />
      <source>%n lost</source>
      <translation>
        <numerusform>%n перестал находить</numerusform>
        <numerusform>%n перестали находить</numerusform>
        <numerusform>%n перестали находить</numerusform>
      </translation>
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/panels/rag/overview_controller.py" />
      <source>A replaced edition is left out of the search until you ask for it.</source>
      <translation>Заменённая редакция не ищется, пока вы сами её не включите.</translation>
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/panels/rag/overview_controller.py" />
      <source>Defined terms</source>
      <translation>Термины</translation>
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/panels/rag/overview_controller.py" />
      <source>Documents that can be searched, of all documents</source>
      <translation>Документы, по которым можно искать, от всех</translation>
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/panels/rag/overview_controller.py" />
      <source>Index</source>
      <translation>Индекс</translation>
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/panels/rag/overview_controller.py" />
      <source>None yet. Choose a hit and «Make a control question»: it is asked after every training.</source>
      <translation>Пока нет. Выберите результат и «Сделать контрольным вопросом»: он задаётся после каждого обучения.</translation>
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/panels/rag/overview_controller.py" />
      <source>Nothing was trained yet.</source>
      <translation>Обучений ещё не было.</translation>
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/panels/rag/overview_controller.py" />
      <source>Searchable</source>
      <translation>Доступно поиску</translation>
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/panels/rag/overview_controller.py" />
      <source>Size of the search index on disk</source>
      <translation>Размер поискового индекса на диске</translation>
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/panels/rag/overview_controller.py" />
      <source>Terms that the documents define; a click shows which documents</source>
      <translation>Термины, которым документы дают определения; щелчок покажет эти документы</translation>
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/panels/rag/overview_controller.py" />
      <source>The overview</source>
      <translation>Обзор</translation>
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/panels/rag/overview_controller.py" />
      <source>This server keeps no control questions.</source>
      <translation>Этот сервер не хранит контрольных вопросов.</translation>
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/panels/rag/overview_controller.py" />
      <source>Trains what was uploaded and not trained yet.</source>
      <translation>Обучит то, что загружено и ещё не обучено.</translation>
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/panels/rag/overview_controller.py" />
      <source>nDCG over time, last {value}</source>
      <translation>nDCG по времени, последнее {value}</translation>
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/panels/rag/overview_controller.py" />
      <source>{done} of {total} files</source>
      <translation>{done} из {total} файлов</translation>
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/panels/rag/overview_controller.py" />
      <source>{good} of {all} found</source>
      <translation>найдено {good} из {all}</translation>
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/panels/rag/overview_view.py" />
      <source>Ask them now</source>
      <translation>Задать сейчас</translation>
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/panels/rag/overview_view.py" />
      <source>Control questions</source>
      <translation>Контрольные вопросы</translation>
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/panels/rag/overview_view.py" />
      <source>Delete the chosen</source>
      <translation>Удалить выбранные</translation>
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/panels/rag/overview_view.py" />
      <source>Documents by state</source>
      <translation>Документы по состоянию</translation>
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/panels/rag/overview_view.py" />
      <source>Editions</source>
      <translation>Редакции</translation>
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/panels/rag/overview_view.py" />
      <source>Open the monitor</source>
      <translation>Открыть монитор</translation>
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/panels/rag/overview_view.py" />
      <source>Progress of the training</source>
      <translation>Ход обучения</translation>
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/panels/rag/overview_view.py" />
      <source>Start training</source>
      <translation>Начать обучение</translation>
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/panels/rag/overview_view.py" />
      <source>Training</source>
      <translation>Обучение</translation>
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/panels/rag/overview_view.py" />
      <source>Training history</source>
      <translation>История обучений</translation>
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/panels/rag/panel.py" />
      <source>Chat</source>
      <translation>Чат</translation>
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/panels/rag/panel.py" />
      <source>Overview</source>
      <translation>Обзор</translation>
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/panels/rag/panel.py" />
      <source>Query</source>
      <translation>Запрос</translation>
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/panels/rag/panel.py" />
      <source>Search and documents</source>
      <translation>Поиск и документы</translation>
    </message>
    <message numerus="yes">
      <location filename="../../bldr_desktop/ui/panels/rag/query_controller.py" />
      <source>%n hit(s)</source>
      <translation>
        <numerusform>%n результат</numerusform>
        <numerusform>%n результата</numerusform>
        <numerusform>%n результатов</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <location filename="../../bldr_desktop/ui/panels/rag/query_controller.py" />
      <source>%n weak hit(s) can be shown: press Enter.</source>
      <translation>
        <numerusform>Есть %n слабый результат: нажмите Enter.</numerusform>
        <numerusform>Есть %n слабых результата: нажмите Enter.</numerusform>
        <numerusform>Есть %n слабых результатов: нажмите Enter.</numerusform>
      </translation>
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/panels/rag/query_controller.py" />
      <source>A question in plain words, a designation, or a clause such as СП 63 п.8.1.3.</source>
      <translation>Вопрос простыми словами, обозначение или пункт, например СП 63 п.8.1.3.</translation>
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/panels/rag/query_controller.py" />
      <source>Ask again: {text}</source>
      <translation>Снова: {text}</translation>
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/panels/rag/query_controller.py" />
      <source>Ask your documents</source>
      <translation>Спросите свои документы</translation>
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/panels/rag/query_controller.py" />
      <source>Citation copied</source>
      <translation>Ссылка скопирована</translation>
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/panels/rag/query_controller.py" />
      <source>Filters narrow this search.</source>
      <translation>Поиск сужен фильтрами.</translation>
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/panels/rag/query_controller.py" />
      <source>Nothing relevant in your documents</source>
      <translation>В ваших документах ничего подходящего</translation>
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/panels/rag/query_controller.py" />
      <source>Replaced editions are left out.</source>
      <translation>Заменённые редакции не ищутся.</translation>
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/panels/rag/query_controller.py" />
      <source>Search</source>
      <translation>Найти</translation>
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/panels/rag/query_controller.py" />
      <source>Search replaced editions too</source>
      <translation>Искать и в заменённых</translation>
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/panels/rag/query_controller.py" />
      <source>Search without filters</source>
      <translation>Искать без фильтров</translation>
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/panels/rag/query_controller.py" />
      <source>Searching…</source>
      <translation>Поиск…</translation>
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/panels/rag/query_controller.py" />
      <source>Try other words, or a designation such as СП 63.13330.</source>
      <translation>Попробуйте другие слова или обозначение, например СП 63.13330.</translation>
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/panels/rag/query_controller.py" />
      <source>{ms} ms</source>
      <translation>{ms} мс</translation>
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/panels/rag/query_view.py" />
      <source>Ask, or type a clause: СП 63 п.8.1.3</source>
      <translation>Спросите или введите пункт: СП 63 п.8.1.3</translation>
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/panels/rag/query_view.py" />
      <source>Copy the citation</source>
      <translation>Скопировать ссылку</translation>
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/panels/rag/query_view.py" />
      <source>Export the hits</source>
      <translation>Выгрузить результаты</translation>
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/panels/rag/query_view.py" />
      <source>Hits</source>
      <translation>Результаты</translation>
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/panels/rag/query_view.py" />
      <source>Make a control question</source>
      <translation>Сделать контрольным вопросом</translation>
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/panels/rag/query_view.py" />
      <source>Search in this document only</source>
      <translation>Искать только в этом документе</translation>
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/panels/rag/question_dialog.py" />
      <source>Cancel</source>
      <translation>Отмена</translation>
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/panels/rag/question_dialog.py" />
      <source>Control question</source>
      <translation>Контрольный вопрос</translation>
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/panels/rag/question_dialog.py" />
      <source>It must find {name}</source>
      <translation>Должен найти {name}</translation>
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/panels/rag/question_dialog.py" />
      <source>Keep the question</source>
      <translation>Сохранить вопрос</translation>
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/panels/rag/question_dialog.py" />
      <source>This question is asked after every training:</source>
      <translation>Этот вопрос задаётся после каждого обучения:</translation>
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/panels/rag/remark_words.py" />
      <source>Appendix {number} was not found in {norm}.</source>
      <translation>Приложение {number} в {norm} не найдено.</translation>
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/panels/rag/remark_words.py" />
      <source>Clause {number} was not found in {norm}.</source>
      <translation>Пункт {number} в {norm} не найден.</translation>
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/panels/rag/remark_words.py" />
      <source>Figure {number} was not found in {norm}.</source>
      <translation>Рисунок {number} в {norm} не найден.</translation>
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/panels/rag/remark_words.py" />
      <source>Formula {number} was not found in {norm}.</source>
      <translation>Формула {number} в {norm} не найдена.</translation>
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/panels/rag/remark_words.py" />
      <source>Searched for: {text}</source>
      <translation>Искали: {text}</translation>
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/panels/rag/remark_words.py" />
      <source>Table {number} was not found in {norm}.</source>
      <translation>Таблица {number} в {norm} не найдена.</translation>
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/panels/rag/remark_words.py" />
      <source>{norm} is left out by the filters.</source>
      <translation>{norm} не показан: мешают фильтры.</translation>
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/panels/rag/remark_words.py" />
      <source>{norm} is not among your documents.</source>
      <translation>{norm} нет среди ваших документов.</translation>
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/panels/rag/remark_words.py" />
      <source>{norm} is not among your documents; {found} is.</source>
      <translation>{norm} нет среди ваших документов, есть {found}.</translation>
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/widgets/viewer/asides.py" />
      <source>No numbered clauses were found in this document.</source>
      <translation>В этом документе нет нумерованных пунктов.</translation>
    </message>
    <message numerus="yes">
      <location filename="../../bldr_desktop/ui/widgets/viewer/asides.py" />
      <source>Page {page}: %n chunk(s)</source>
      <translation>
        <numerusform>Страница {page}: %n фрагмент</numerusform>
        <numerusform>Страница {page}: %n фрагмента</numerusform>
        <numerusform>Страница {page}: %n фрагментов</numerusform>
      </translation>
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/widgets/viewer/asides.py" />
      <source>{count} characters</source>
      <translation>{count} симв.</translation>
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/widgets/viewer/bars.py" />
      <source>Before</source>
      <translation>Назад</translation>
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/widgets/viewer/bars.py" />
      <source>Close the search</source>
      <translation>Закрыть поиск</translation>
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/widgets/viewer/bars.py" />
      <source>Copy the citation (Ctrl+C)</source>
      <translation>Скопировать ссылку (Ctrl+C)</translation>
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/widgets/viewer/bars.py" />
      <source>Extracted text and chunks</source>
      <translation>Извлечённый текст и фрагменты</translation>
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/widgets/viewer/bars.py" />
      <source>Find in this document</source>
      <translation>Найти в документе</translation>
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/widgets/viewer/bars.py" />
      <source>Find in this document (Ctrl+F)</source>
      <translation>Найти в документе (Ctrl+F)</translation>
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/widgets/viewer/bars.py" />
      <source>Hit before in this document (Shift+F3)</source>
      <translation>Предыдущее место в этом документе (Shift+F3)</translation>
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/widgets/viewer/bars.py" />
      <source>Larger</source>
      <translation>Крупнее</translation>
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/widgets/viewer/bars.py" />
      <source>More</source>
      <translation>Ещё</translation>
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/widgets/viewer/bars.py" />
      <source>Next</source>
      <translation>Дальше</translation>
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/widgets/viewer/bars.py" />
      <source>Next hit in this document (F3)</source>
      <translation>Следующее место в этом документе (F3)</translation>
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/widgets/viewer/bars.py" />
      <source>Next page</source>
      <translation>Следующая страница</translation>
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/widgets/viewer/bars.py" />
      <source>Open in a window of its own</source>
      <translation>Открыть в отдельном окне</translation>
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/widgets/viewer/bars.py" />
      <source>Open the original</source>
      <translation>Открыть оригинал</translation>
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/widgets/viewer/bars.py" />
      <source>Outline</source>
      <translation>Содержание</translation>
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/widgets/viewer/bars.py" />
      <source>Page before</source>
      <translation>Предыдущая страница</translation>
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/widgets/viewer/bars.py" />
      <source>Page number</source>
      <translation>Номер страницы</translation>
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/widgets/viewer/bars.py" />
      <source>Smaller</source>
      <translation>Мельче</translation>
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/widgets/viewer/bars.py" />
      <source>not found</source>
      <translation>не найдено</translation>
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/widgets/viewer/bars.py" />
      <source>of {pages}</source>
      <translation>из {pages}</translation>
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/widgets/viewer/bars.py" />
      <source>{place} of {count}</source>
      <translation>{place} из {count}</translation>
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/widgets/viewer/canvas.py" />
      <source>Page {page}</source>
      <translation>Страница {page}</translation>
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/widgets/viewer/sheets.py" />
      <source>Sheet {number}</source>
      <translation>Лист {number}</translation>
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/widgets/viewer/view.py" />
      <source>Cells of the sheet</source>
      <translation>Ячейки листа</translation>
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/widgets/viewer/view.py" />
      <source>Choose a hit: its page opens here with the passage marked.</source>
      <translation>Выберите результат: здесь откроется страница с отмеченным местом.</translation>
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/widgets/viewer/view.py" />
      <source>Clause or words</source>
      <translation>Пункт или слова</translation>
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/widgets/viewer/view.py" />
      <source>Extracted text</source>
      <translation>Извлечённый текст</translation>
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/widgets/viewer/view.py" />
      <source>Nothing open yet</source>
      <translation>Пока ничего не открыто</translation>
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/widgets/viewer/view.py" />
      <source>Pages of the document</source>
      <translation>Страницы документа</translation>
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/widgets/viewer/view.py" />
      <source>Replaced by {name}</source>
      <translation>Заменён на {name}</translation>
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/widgets/viewer/view.py" />
      <source>Sheets</source>
      <translation>Листы</translation>
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/widgets/viewer/view.py" />
      <source>Text of the document</source>
      <translation>Текст документа</translation>
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/widgets/words.py" />
      <source>Being trained</source>
      <translation>Обучается</translation>
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/widgets/words.py" />
      <source>E-mail</source>
      <translation>Письмо</translation>
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/widgets/words.py" />
      <source>Edition unknown</source>
      <translation>Редакция неизвестна</translation>
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/widgets/words.py" />
      <source>Image</source>
      <translation>Изображение</translation>
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/widgets/words.py" />
      <source>In the bin</source>
      <translation>В корзине</translation>
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/widgets/words.py" />
      <source>Text</source>
      <translation>Текст</translation>
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/widgets/words.py" />
      <source>Uploaded</source>
      <translation>Загружен</translation>
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/widgets/words.py" />
      <source>cl. {number}</source>
      <translation>п. {number}</translation>
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/widgets/words.py" />
      <source>{source} (replaced edition)</source>
      <translation>{source} (заменённая редакция)</translation>
    </message>
  </context>
</TS>
