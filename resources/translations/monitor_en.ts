<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="en" sourcelanguage="en">
  <context>
    <name>monitor</name>
    <message numerus="yes">
      <location filename="../../bldr_desktop/ui/log_words.py" />
      <source>%n chunk(s)</source>
      <translation>
        <numerusform>%n chunk</numerusform>
        <numerusform>%n chunks</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <location filename="../../bldr_desktop/ui/log_words.py" />
      <source>%n page(s)</source>
      <translation>
        <numerusform>%n page</numerusform>
        <numerusform>%n pages</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <location filename="../../bldr_desktop/ui/log_words.py" />
      <source>Found: %n file(s).</source>
      <translation>
        <numerusform>Found: %n file.</numerusform>
        <numerusform>Found: %n files.</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <location filename="../../bldr_desktop/ui/log_words.py" />
      <source>Left undone: %n file(s).</source>
      <translation>
        <numerusform>Left undone: %n file.</numerusform>
        <numerusform>Left undone: %n files.</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <location filename="../../bldr_desktop/ui/monitor/attention.py" />
      <source>%n failed</source>
      <translation>
        <numerusform>%n failed</numerusform>
        <numerusform>%n failed</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <location filename="../../bldr_desktop/ui/monitor/texts.py" />
      <source>Finished, %n failed</source>
      <translation>
        <numerusform>Finished, %n failed</numerusform>
        <numerusform>Finished, %n failed</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <location filename="../../bldr_desktop/ui/monitor/texts.py" />
      <source>Waiting behind %n job(s)</source>
      <translation>
        <numerusform>Waiting behind %n job</numerusform>
        <numerusform>Waiting behind %n jobs</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <location filename="../../bldr_desktop/ui/monitor/window.py" />
      <source>Retry %n failed</source>
      <translation>
        <numerusform>Retry %n failed</numerusform>
        <numerusform>Retry %n failed</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <location filename="../../bldr_desktop/ui/widgets/log_pane.py" />
      <source>%n hit(s)</source>
      <translation>
        <numerusform>%n hit</numerusform>
        <numerusform>%n hits</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <location filename="../../bldr_desktop/ui/widgets/log_pane.py" />
      <source>%n line(s)</source>
      <translation>
        <numerusform>%n line</numerusform>
        <numerusform>%n lines</numerusform>
      </translation>
    </message>
  </context>
</TS>
