<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="en" sourcelanguage="en">
  <context>
    <name>ai</name>
    <message numerus="yes">
      <location filename="../../bldr_desktop/ui/panels/ai_shell/panel.py" />
      <source>%n passage(s) from your documents, word for word</source>
      <translation>
        <numerusform>%n passage from your documents, word for word</numerusform>
        <numerusform>%n passages from your documents, word for word</numerusform>
      </translation>
    </message>
  </context>
</TS>
