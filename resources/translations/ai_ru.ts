<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="ru" sourcelanguage="en">
  <context>
    <name>ai</name>
    <message>
      <location filename="../../bldr_desktop/ui/panels/ai_shell/answer_body.py" />
      <source>Code</source>
      <translation>Код</translation>
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/panels/ai_shell/answer_body.py" />
      <source>Copied</source>
      <translation>Скопировано</translation>
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/panels/ai_shell/answer_body.py" />
      <source>Copy</source>
      <translation>Копировать</translation>
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/panels/ai_shell/answer_body.py" />
      <source>Copy code</source>
      <translation>Копировать код</translation>
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/panels/ai_shell/answer_text.py" />
      <source>Answer</source>
      <translation>Ответ</translation>
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/panels/ai_shell/answer_text.py" />
      <source>Not in the sources</source>
      <translation>Нет в источниках</translation>
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/panels/ai_shell/connect_card.py" />
      <source>1. Start a model server</source>
      <translation>1. Запустите сервер модели</translation>
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/panels/ai_shell/connect_card.py" />
      <source>2. Test the connection and use it</source>
      <translation>2. Проверьте связь и подключите</translation>
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/panels/ai_shell/connect_card.py" />
      <source>Address</source>
      <translation>Адрес</translation>
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/panels/ai_shell/connect_card.py" />
      <source>Address of the model server</source>
      <translation>Адрес сервера модели</translation>
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/panels/ai_shell/connect_card.py" />
      <source>Asking the model server…</source>
      <translation>Спрашиваем сервер модели…</translation>
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/panels/ai_shell/connect_card.py" />
      <source>Connect a language model in two steps</source>
      <translation>Подключите языковую модель в два шага</translation>
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/panels/ai_shell/connect_card.py" />
      <source>Kept by the engine, never shown again</source>
      <translation>Хранится в движке и больше не показывается</translation>
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/panels/ai_shell/connect_card.py" />
      <source>Key of the model server</source>
      <translation>Ключ сервера модели</translation>
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/panels/ai_shell/connect_card.py" />
      <source>Key, if it wants one</source>
      <translation>Ключ, если нужен</translation>
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/panels/ai_shell/connect_card.py" />
      <source>LM Studio, Ollama and llama.cpp on the engine's computer are found by themselves. Any OpenAI-compatible server works, also one in the cloud.</source>
      <translation>LM Studio, Ollama и llama.cpp на компьютере движка находятся сами. Подойдёт любой OpenAI-совместимый сервер, в том числе облачный.</translation>
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/panels/ai_shell/connect_card.py" />
      <source>Later</source>
      <translation>Позже</translation>
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/panels/ai_shell/connect_card.py" />
      <source>Look for one</source>
      <translation>Поискать</translation>
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/panels/ai_shell/connect_card.py" />
      <source>No model was found. Start one, or enter its address.</source>
      <translation>Модель не найдена. Запустите её или введите адрес.</translation>
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/panels/ai_shell/connect_card.py" />
      <source>Only an administrator of this server can connect a model. Ask yours.</source>
      <translation>Подключить модель может только администратор этого сервера. Обратитесь к нему.</translation>
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/panels/ai_shell/connect_card.py" />
      <source>Test connection</source>
      <translation>Проверить связь</translation>
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/panels/ai_shell/connect_card.py" />
      <source>The server answers, but no model is loaded in it. Load one.</source>
      <translation>Сервер отвечает, но модель в нём не загружена. Загрузите её.</translation>
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/panels/ai_shell/connect_card.py" />
      <source>Use this server</source>
      <translation>Подключить</translation>
    </message>
    <message numerus="yes">
      <location filename="../../bldr_desktop/ui/panels/ai_shell/connect_card.py" />
      <source>✓ It answers, %n model(s): {names}</source>
      <translation>
        <numerusform>✓ Отвечает, %n модель: {names}</numerusform>
        <numerusform>✓ Отвечает, %n модели: {names}</numerusform>
        <numerusform>✓ Отвечает, %n моделей: {names}</numerusform>
      </translation>
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/panels/ai_shell/connecting.py" />
      <source>Connect a model…</source>
      <translation>Подключить модель…</translation>
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/panels/ai_shell/connecting.py" />
      <source>Connect another…</source>
      <translation>Подключить другой…</translation>
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/panels/ai_shell/connecting.py" />
      <source>No model is connected: questions are answered with passages from your documents, word for word.</source>
      <translation>Модель не подключена: ответом будут фрагменты ваших документов, слово в слово.</translation>
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/panels/ai_shell/connecting.py" />
      <source>The engine does not answer.</source>
      <translation>Движок не отвечает.</translation>
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/panels/ai_shell/connecting.py" />
      <source>The model server cannot be reached. {reason}</source>
      <translation>Сервер модели недоступен. {reason}</translation>
    </message>
    <message numerus="yes">
      <location filename="../../bldr_desktop/ui/panels/ai_shell/controller.py" />
      <source>%n file(s) were not attached: at most 10 go with a question.</source>
      <translation>
        <numerusform>%n файл не приложен: с вопросом идут не более 10.</numerusform>
        <numerusform>%n файла не приложены: с вопросом идут не более 10.</numerusform>
        <numerusform>%n файлов не приложены: с вопросом идут не более 10.</numerusform>
      </translation>
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/panels/ai_shell/controller.py" />
      <source>Ask your documents</source>
      <translation>Спросите свои документы</translation>
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/panels/ai_shell/controller.py" />
      <source>Attach files</source>
      <translation>Приложить файлы</translation>
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/panels/ai_shell/controller.py" />
      <source>Delete</source>
      <translation>Удалить</translation>
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/panels/ai_shell/controller.py" />
      <source>Delete this conversation?</source>
      <translation>Удалить этот разговор?</translation>
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/panels/ai_shell/controller.py" />
      <source>Do not open</source>
      <translation>Не открывать</translation>
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/panels/ai_shell/controller.py" />
      <source>Each answer names its sources: document, clause and page, one click away.</source>
      <translation>Каждый ответ называет источники: документ, пункт и страницу — в одном щелчке.</translation>
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/panels/ai_shell/controller.py" />
      <source>Its questions and answers cannot be brought back.</source>
      <translation>Вопросы и ответы нельзя будет вернуть.</translation>
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/panels/ai_shell/controller.py" />
      <source>Keep</source>
      <translation>Оставить</translation>
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/panels/ai_shell/controller.py" />
      <source>Open</source>
      <translation>Открыть</translation>
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/panels/ai_shell/controller.py" />
      <source>Open this address in the browser?</source>
      <translation>Открыть этот адрес в браузере?</translation>
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/panels/ai_shell/controller.py" />
      <source>Reading the conversation…</source>
      <translation>Разговор читается…</translation>
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/panels/ai_shell/controller.py" />
      <source>The answer with its sources is in the clipboard.</source>
      <translation>Ответ с источниками скопирован в буфер обмена.</translation>
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/panels/ai_shell/controller.py" />
      <source>This link is not opened: {address}</source>
      <translation>Эта ссылка не открывается: {address}</translation>
    </message>
    <message numerus="yes">
      <location filename="../../bldr_desktop/ui/panels/ai_shell/edit_dialog.py" />
      <source>%n later question(s) go with their answers.</source>
      <translation>
        <numerusform>%n следующий вопрос уйдёт вместе с ответом.</numerusform>
        <numerusform>%n следующих вопроса уйдут вместе с ответами.</numerusform>
        <numerusform>%n следующих вопросов уйдут вместе с ответами.</numerusform>
      </translation>
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/panels/ai_shell/edit_dialog.py" />
      <source>Ask</source>
      <translation>Спросить</translation>
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/panels/ai_shell/edit_dialog.py" />
      <source>Cancel</source>
      <translation>Отмена</translation>
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/panels/ai_shell/edit_dialog.py" />
      <source>Edit the question</source>
      <translation>Изменить вопрос</translation>
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/panels/ai_shell/edit_dialog.py" />
      <source>Question</source>
      <translation>Вопрос</translation>
    </message>
    <message numerus="yes">
      <location filename="../../bldr_desktop/ui/panels/ai_shell/exchange_view.py" />
      <source>%n passage(s) from your documents, word for word</source>
      <translation>
        <numerusform>%n фрагмент из ваших документов, дословно</numerusform>
        <numerusform>%n фрагмента из ваших документов, дословно</numerusform>
        <numerusform>%n фрагментов из ваших документов, дословно</numerusform>
      </translation>
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/panels/ai_shell/exchange_view.py" />
      <source>Ask again</source>
      <translation>Спросить снова</translation>
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/panels/ai_shell/exchange_view.py" />
      <source>Edit</source>
      <translation>Изменить</translation>
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/panels/ai_shell/exchange_view.py" />
      <source>Edit the question and ask again; what came after it is replaced</source>
      <translation>Изменить вопрос и спросить снова; всё, что было после него, заменится</translation>
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/panels/ai_shell/exchange_view.py" />
      <source>Not found in your documents.</source>
      <translation>В ваших документах не найдено.</translation>
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/panels/ai_shell/exchange_view.py" />
      <source>Open source {name}</source>
      <translation>Открыть источник {name}</translation>
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/panels/ai_shell/exchange_view.py" />
      <source>Stopped. What was written stays; it was not checked against the sources.</source>
      <translation>Остановлено. Написанное осталось, с источниками оно не сверено.</translation>
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/panels/ai_shell/exchange_view.py" />
      <source>Stopping…</source>
      <translation>Останавливаем…</translation>
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/panels/ai_shell/exchange_view.py" />
      <source>System: {step}</source>
      <translation>Система: {step}</translation>
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/panels/ai_shell/exchange_view.py" />
      <source>Take back</source>
      <translation>Взять назад</translation>
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/panels/ai_shell/exchange_view.py" />
      <source>Thinking…</source>
      <translation>Размышляет…</translation>
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/panels/ai_shell/exchange_view.py" />
      <source>This question has no answer yet.</source>
      <translation>На этот вопрос ещё нет ответа.</translation>
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/panels/ai_shell/exchange_view.py" />
      <source>Thoughts</source>
      <translation>Размышления</translation>
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/panels/ai_shell/exchange_view.py" />
      <source>Waits for its turn.</source>
      <translation>Ждёт своей очереди.</translation>
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/panels/ai_shell/exchange_view.py" />
      <source>Waits in the engine's queue, place {n}.</source>
      <translation>Ждёт в очереди движка, место {n}.</translation>
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/panels/ai_shell/exchange_view.py" />
      <source>With another model</source>
      <translation>С другой моделью</translation>
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/panels/ai_shell/exchange_view.py" />
      <source>Working…</source>
      <translation>Готовится ответ…</translation>
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/panels/ai_shell/exchange_view.py" />
      <source>⚠ No source in your documents supports this answer.</source>
      <translation>⚠ Ни один источник в ваших документах не подтверждает этот ответ.</translation>
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/panels/ai_shell/exchange_view.py" />
      <source>⚠ Not in the sources, check it: {figures}</source>
      <translation>⚠ Нет в источниках, проверьте: {figures}</translation>
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/panels/ai_shell/files_controller.py" />
      <source>A list of questions, one in each row</source>
      <translation>Список вопросов, по одному в строке</translation>
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/panels/ai_shell/files_controller.py" />
      <source>Export the conversation</source>
      <translation>Сохранить разговор</translation>
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/panels/ai_shell/files_controller.py" />
      <source>Saved as {name}</source>
      <translation>Сохранено: {name}</translation>
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/panels/ai_shell/files_controller.py" />
      <source>The file cannot be written: {reason}</source>
      <translation>Файл не записывается: {reason}</translation>
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/panels/ai_shell/files_controller.py" />
      <source>The list is being answered; the result will be in the queue.</source>
      <translation>Ответы на список готовятся; результат будет в очереди.</translation>
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/panels/ai_shell/files_controller.py" />
      <source>This server cannot answer lists of questions.</source>
      <translation>Этот сервер не умеет отвечать на списки вопросов.</translation>
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/panels/ai_shell/files_controller.py" />
      <source>This server cannot export conversations.</source>
      <translation>Этот сервер не умеет сохранять разговоры.</translation>
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/panels/ai_shell/files_controller.py" />
      <source>conversation</source>
      <translation>разговор</translation>
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/panels/ai_shell/history_view.py" />
      <source>Conversations</source>
      <translation>Разговоры</translation>
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/panels/ai_shell/history_view.py" />
      <source>Delete…</source>
      <translation>Удалить…</translation>
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/panels/ai_shell/history_view.py" />
      <source>History</source>
      <translation>История</translation>
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/panels/ai_shell/history_view.py" />
      <source>Nothing found.</source>
      <translation>Ничего не найдено.</translation>
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/panels/ai_shell/history_view.py" />
      <source>Pin</source>
      <translation>Закрепить</translation>
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/panels/ai_shell/history_view.py" />
      <source>Rename</source>
      <translation>Переименовать</translation>
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/panels/ai_shell/history_view.py" />
      <source>Search in conversations</source>
      <translation>Поиск по разговорам</translation>
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/panels/ai_shell/history_view.py" />
      <source>This server keeps no conversations.</source>
      <translation>Этот сервер не хранит разговоры.</translation>
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/panels/ai_shell/history_view.py" />
      <source>Unpin</source>
      <translation>Открепить</translation>
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/panels/ai_shell/history_view.py" />
      <source>Your conversations are kept here.</source>
      <translation>Здесь хранятся ваши разговоры.</translation>
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/panels/ai_shell/panel.py" />
      <source>AI Shell</source>
      <translation>AI Shell</translation>
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/panels/ai_shell/panel.py" />
      <source>Answer a list of questions from XLSX…</source>
      <translation>Ответить на список вопросов из XLSX…</translation>
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/panels/ai_shell/panel.py" />
      <source>Export the conversation as DOCX with footnotes…</source>
      <translation>Сохранить разговор в DOCX со сносками…</translation>
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/panels/ai_shell/panel.py" />
      <source>Export the conversation as Markdown…</source>
      <translation>Сохранить разговор в Markdown…</translation>
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/panels/ai_shell/panel.py" />
      <source>Let the model think first, where it can: slower, often better</source>
      <translation>Дать модели сначала подумать, если она умеет: медленнее, часто лучше</translation>
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/panels/ai_shell/panel.py" />
      <source>Model</source>
      <translation>Модель</translation>
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/panels/ai_shell/panel.py" />
      <source>More</source>
      <translation>Ещё</translation>
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/panels/ai_shell/panel.py" />
      <source>New</source>
      <translation>Новый</translation>
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/panels/ai_shell/panel.py" />
      <source>New conversation</source>
      <translation>Новый разговор</translation>
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/panels/ai_shell/panel.py" />
      <source>New conversation; this one stays in the history (Ctrl+Shift+N)</source>
      <translation>Новый разговор; этот останется в истории (Ctrl+Shift+N)</translation>
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/panels/ai_shell/panel.py" />
      <source>Role: who answers</source>
      <translation>Роль: кто отвечает</translation>
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/panels/ai_shell/panel.py" />
      <source>Thinking</source>
      <translation>Размышление</translation>
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/panels/ai_shell/panel.py" />
      <source>can think first</source>
      <translation>умеет размышлять</translation>
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/panels/ai_shell/panel.py" />
      <source>sees images</source>
      <translation>видит изображения</translation>
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/panels/ai_shell/panel.py" />
      <source>{n} tokens of context</source>
      <translation>контекст {n} токенов</translation>
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/panels/ai_shell/question_box.py" />
      <source>Ask your documents. Enter sends, Shift+Enter breaks the line. Files can be dropped here.</source>
      <translation>Спросите свои документы. Enter — отправить, Shift+Enter — новая строка. Сюда можно бросить файлы.</translation>
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/panels/ai_shell/question_box.py" />
      <source>Stop</source>
      <translation>Стоп</translation>
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/panels/ai_shell/question_box.py" />
      <source>Stop the answer</source>
      <translation>Остановить ответ</translation>
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/panels/ai_shell/question_box.py" />
      <source>Stop the answer (Esc)</source>
      <translation>Остановить ответ (Esc)</translation>
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/panels/ai_shell/question_box.py" />
      <source>Take away {name}</source>
      <translation>Убрать {name}</translation>
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/panels/ai_shell/question_box.py" />
      <source>{name} is being sent</source>
      <translation>{name} отправляется</translation>
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/panels/ai_shell/thread_view.py" />
      <source>Questions and answers</source>
      <translation>Вопросы и ответы</translation>
    </message>
    <message numerus="yes">
      <location filename="../../bldr_desktop/ui/panels/ai_shell/thread_view.py" />
      <source>Show %n earlier question(s)</source>
      <translation>
        <numerusform>Показать %n предыдущий вопрос</numerusform>
        <numerusform>Показать %n предыдущих вопроса</numerusform>
        <numerusform>Показать %n предыдущих вопросов</numerusform>
      </translation>
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/panels/ai_shell/words.py" />
      <source>It does not answer.</source>
      <translation>Он не отвечает.</translation>
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/panels/ai_shell/words.py" />
      <source>No language model is connected.</source>
      <translation>Языковая модель не подключена.</translation>
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/panels/ai_shell/words.py" />
      <source>Nothing answers at {address}. Start the model server, or check the address.</source>
      <translation>По адресу {address} никто не отвечает. Запустите сервер модели или проверьте адрес.</translation>
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/panels/ai_shell/words.py" />
      <source>The model server does not answer. Is it running?</source>
      <translation>Сервер модели не отвечает. Он запущен?</translation>
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/panels/ai_shell/words.py" />
      <source>The model server is busy, or its quota is used up. Try again in a while.</source>
      <translation>Сервер модели занят или исчерпана квота. Попробуйте чуть позже.</translation>
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/panels/ai_shell/words.py" />
      <source>The model server refused the key. Enter it again.</source>
      <translation>Сервер модели не принял ключ. Введите его снова.</translation>
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/panels/ai_shell/words.py" />
      <source>The model was silent for too long. Try again, or another model.</source>
      <translation>Модель слишком долго молчала. Попробуйте ещё раз или другую модель.</translation>
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/panels/ai_shell/words.py" />
      <source>The model's answer broke off. Try again, or another model.</source>
      <translation>Ответ модели оборвался. Попробуйте ещё раз или другую модель.</translation>
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/panels/ai_shell/words.py" />
      <source>There is no answer.</source>
      <translation>Ответа нет.</translation>
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/panels/ai_shell/words.py" />
      <source>calculates {what}</source>
      <translation>вычисляет {what}</translation>
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/panels/ai_shell/words.py" />
      <source>lists documents: {what}</source>
      <translation>перечисляет документы: {what}</translation>
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/panels/ai_shell/words.py" />
      <source>looks in your documents</source>
      <translation>ищет в ваших документах</translation>
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/panels/ai_shell/words.py" />
      <source>looks in your documents for «{what}»</source>
      <translation>ищет в документах «{what}»</translation>
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/panels/ai_shell/words.py" />
      <source>queues a training of {what}</source>
      <translation>ставит в очередь обучение {what}</translation>
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/panels/ai_shell/words.py" />
      <source>reads {what}</source>
      <translation>читает {what}</translation>
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/panels/ai_shell/words.py" />
      <source>replaced edition</source>
      <translation>заменённая редакция</translation>
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/panels/ai_shell/words.py" />
      <source>{address} answers, but it is no model server. The address usually ends in /v1.</source>
      <translation>{address} отвечает, но это не сервер модели. Адрес обычно кончается на /v1.</translation>
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/panels/ai_shell/words.py" />
      <source>{address} did not answer in time.</source>
      <translation>{address} не ответил вовремя.</translation>
    </message>
  </context>
</TS>
