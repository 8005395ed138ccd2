<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="en" sourcelanguage="en">
  <context>
    <name>shell</name>
    <message numerus="yes">
      <location filename="../../bldr_desktop/ui/settings/more_pages.py" />
      <source>Connected: %n model(s).</source>
      <translation>
        <numerusform>Connected: %n model.</numerusform>
        <numerusform>Connected: %n models.</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <location filename="../../bldr_desktop/ui/sizes.py" />
      <source>%n byte(s)</source>
      <translation>
        <numerusform>%n byte</numerusform>
        <numerusform>%n bytes</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <location filename="../../bldr_desktop/ui/status_line.py" />
      <source>%n job(s) running</source>
      <translation>
        <numerusform>%n job running</numerusform>
        <numerusform>%n jobs running</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <location filename="../../bldr_desktop/ui/status_line.py" />
      <source>%n job(s) waiting</source>
      <translation>
        <numerusform>%n job waiting</numerusform>
        <numerusform>%n jobs waiting</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <location filename="../../bldr_desktop/ui/status_line.py" />
      <source>%n waiting</source>
      <translation>
        <numerusform>%n waiting</numerusform>
        <numerusform>%n waiting</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <location filename="../../bldr_desktop/ui/window_controller.py" />
      <source>%n busy</source>
      <translation>
        <numerusform>%n busy</numerusform>
        <numerusform>%n busy</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <location filename="../../bldr_desktop/ui/window_controller.py" />
      <source>%n worker(s)</source>
      <translation>
        <numerusform>%n worker</numerusform>
        <numerusform>%n workers</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <location filename="../../bldr_desktop/ui/window_controller.py" />
      <source>Next attempt in %n s.</source>
      <translation>
        <numerusform>Next attempt in %n s.</numerusform>
        <numerusform>Next attempt in %n s.</numerusform>
      </translation>
    </message>
  </context>
</TS>
