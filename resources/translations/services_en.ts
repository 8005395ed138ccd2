<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="en" sourcelanguage="en">
  <context>
    <name>services</name>
    <message numerus="yes">
      <location filename="../../bldr_desktop/ui/part_words.py" />
      <source>%n model(s)</source>
      <translation>
        <numerusform>%n model</numerusform>
        <numerusform>%n models</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <location filename="../../bldr_desktop/ui/part_words.py" />
      <source>%n passage(s)</source>
      <translation>
        <numerusform>%n passage</numerusform>
        <numerusform>%n passages</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <location filename="../../bldr_desktop/ui/part_words.py" />
      <source>%n process(es)</source>
      <translation>
        <numerusform>%n process</numerusform>
        <numerusform>%n processes</numerusform>
      </translation>
    </message>
  </context>
</TS>
