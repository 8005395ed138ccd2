<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="ru" sourcelanguage="en">
  <context>
    <name>ai</name>
    <message>
      <location filename="../../bldr_desktop/ui/panels/ai_shell/controller.py" />
      <source>Ask your documents</source>
      <translation>Спросите свои документы</translation>
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/panels/ai_shell/controller.py" />
      <source>Each answer shows the passage, its document, clause and page.</source>
      <translation>Каждый ответ показывает фрагмент, его документ, пункт и страницу.</translation>
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/panels/ai_shell/controller.py" />
      <source>No model is connected. Start LM Studio or Ollama on this computer: it is found by itself. Until then questions are answered with passages from your documents.</source>
      <translation>Модель не подключена. Запустите LM Studio или Ollama на этом компьютере: они найдутся сами. До тех пор на вопросы отвечают фрагменты ваших документов.</translation>
    </message>
    <message numerus="yes">
      <location filename="../../bldr_desktop/ui/panels/ai_shell/panel.py" />
      <source>%n passage(s) from your documents, word for word</source>
      <translation>
        <numerusform>%n фрагмент из ваших документов, дословно</numerusform>
        <numerusform>%n фрагмента из ваших документов, дословно</numerusform>
        <numerusform>%n фрагментов из ваших документов, дословно</numerusform>
      </translation>
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/panels/ai_shell/panel.py" />
      <source>AI Shell</source>
      <translation>AI Shell</translation>
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/panels/ai_shell/panel.py" />
      <source>Ask</source>
      <translation>Спросить</translation>
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/panels/ai_shell/panel.py" />
      <source>Ask your documents. Enter sends, Shift+Enter breaks the line.</source>
      <translation>Спросите свои документы. Enter отправляет, Shift+Enter переносит строку.</translation>
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/panels/ai_shell/panel.py" />
      <source>Not found in your documents.</source>
      <translation>В ваших документах не найдено.</translation>
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/panels/ai_shell/panel.py" />
      <source>Question</source>
      <translation>Вопрос</translation>
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/panels/ai_shell/panel.py" />
      <source>Questions and answers</source>
      <translation>Вопросы и ответы</translation>
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/panels/ai_shell/panel.py" />
      <source>Searching…</source>
      <translation>Поиск…</translation>
    </message>
  </context>
</TS>
