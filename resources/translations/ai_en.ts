<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="en" sourcelanguage="en">
  <context>
    <name>ai</name>
    <message numerus="yes">
      <location filename="../../bldr_desktop/ui/panels/ai_shell/connect_card.py" />
      <source>✓ It answers, %n model(s): {names}</source>
      <translation>
        <numerusform>✓ It answers, %n model: {names}</numerusform>
        <numerusform>✓ It answers, %n models: {names}</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <location filename="../../bldr_desktop/ui/panels/ai_shell/controller.py" />
      <source>%n file(s) were not attached: at most 10 go with a question.</source>
      <translation>
        <numerusform>%n file were not attached: at most 10 go with a question.</numerusform>
        <numerusform>%n files were not attached: at most 10 go with a question.</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <location filename="../../bldr_desktop/ui/panels/ai_shell/edit_dialog.py" />
      <source>%n later question(s) go with their answers.</source>
      <translation>
        <numerusform>%n later question go with their answers.</numerusform>
        <numerusform>%n later questions go with their answers.</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <location filename="../../bldr_desktop/ui/panels/ai_shell/exchange_view.py" />
      <source>%n passage(s) from your documents, word for word</source>
      <translation>
        <numerusform>%n passage from your documents, word for word</numerusform>
        <numerusform>%n passages from your documents, word for word</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <location filename="../../bldr_desktop/ui/panels/ai_shell/thread_view.py" />
      <source>Show %n earlier question(s)</source>
      <translation>
        <numerusform>Show %n earlier question</numerusform>
        <numerusform>Show %n earlier questions</numerusform>
      </translation>
    </message>
  </context>
</TS>
