<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="en" sourcelanguage="en">
  <context>
    <name>rag</name>
    <message numerus="yes">
      <location filename="../../bldr_desktop/ui/panels/rag/chat_controller.py" />
      <source>%n question(s) in the outbox</source>
      <translation>
        <numerusform>%n question in the outbox</numerusform>
        <numerusform>%n questions in the outbox</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <location filename="../../bldr_desktop/ui/panels/rag/details.py" />
      <source>%n time(s)</source>
      <translation>
        <numerusform>%n time</numerusform>
        <numerusform>%n times</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <location filename="../../bldr_desktop/ui/panels/rag/documents_controller.py" />
      <source>%n document(s)</source>
      <translation>
        <numerusform>%n document</numerusform>
        <numerusform>%n documents</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <location filename="../../bldr_desktop/ui/panels/rag/documents_controller.py" />
      <source>%n document(s) disabled: not found any more.</source>
      <translation>
        <numerusform>%n document disabled: not found any more.</numerusform>
        <numerusform>%n documents disabled: not found any more.</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <location filename="../../bldr_desktop/ui/panels/rag/documents_controller.py" />
      <source>%n document(s) enabled.</source>
      <translation>
        <numerusform>%n document enabled.</numerusform>
        <numerusform>%n documents enabled.</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <location filename="../../bldr_desktop/ui/panels/rag/documents_controller.py" />
      <source>%n document(s) in the bin.</source>
      <translation>
        <numerusform>%n document in the bin.</numerusform>
        <numerusform>%n documents in the bin.</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <location filename="../../bldr_desktop/ui/panels/rag/documents_controller.py" />
      <source>%n document(s) refused: {reason}</source>
      <translation>
        <numerusform>%n document refused: {reason}</numerusform>
        <numerusform>%n documents refused: {reason}</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <location filename="../../bldr_desktop/ui/panels/rag/documents_controller.py" />
      <source>%n document(s) restored.</source>
      <translation>
        <numerusform>%n document restored.</numerusform>
        <numerusform>%n documents restored.</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <location filename="../../bldr_desktop/ui/panels/rag/documents_controller.py" />
      <source>%n document(s) will be read again</source>
      <translation>
        <numerusform>%n document will be read again</numerusform>
        <numerusform>%n documents will be read again</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <location filename="../../bldr_desktop/ui/panels/rag/documents_view.py" />
      <source>%n chosen</source>
      <translation>
        <numerusform>%n chosen</numerusform>
        <numerusform>%n chosen</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <location filename="../../bldr_desktop/ui/panels/rag/documents_view.py" />
      <source>Delete %n</source>
      <translation>
        <numerusform>Delete %n</numerusform>
        <numerusform>Delete %n</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <location filename="../../bldr_desktop/ui/panels/rag/documents_view.py" />
      <source>Disable %n</source>
      <translation>
        <numerusform>Disable %n</numerusform>
        <numerusform>Disable %n</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <location filename="../../bldr_desktop/ui/panels/rag/documents_view.py" />
      <source>Enable %n</source>
      <translation>
        <numerusform>Enable %n</numerusform>
        <numerusform>Enable %n</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <location filename="../../bldr_desktop/ui/panels/rag/documents_view.py" />
      <source>Restore %n</source>
      <translation>
        <numerusform>Restore %n</numerusform>
        <numerusform>Restore %n</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <location filename="../../bldr_desktop/ui/panels/rag/documents_view.py" />
      <source>Retrain %n</source>
      <translation>
        <numerusform>Retrain %n</numerusform>
        <numerusform>Retrain %n</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <location filename="../../bldr_desktop/ui/panels/rag/overview_controller.py" />
      <source>%n found now</source>
      <translation>
        <numerusform>%n found now</numerusform>
        <numerusform>%n found now</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <location filename="../../bldr_desktop/ui/panels/rag/overview_controller.py" />
      <source>%n lost</source>
      <translation>
        <numerusform>%n lost</numerusform>
        <numerusform>%n lost</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <location filename="../../bldr_desktop/ui/panels/rag/query_controller.py" />
      <source>%n hit(s)</source>
      <translation>
        <numerusform>%n hit</numerusform>
        <numerusform>%n hits</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <location filename="../../bldr_desktop/ui/panels/rag/query_controller.py" />
      <source>%n weak hit(s) can be shown: press Enter.</source>
      <translation>
        <numerusform>%n weak hit can be shown: press Enter.</numerusform>
        <numerusform>%n weak hits can be shown: press Enter.</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <location filename="../../bldr_desktop/ui/widgets/viewer/asides.py" />
      <source>Page {page}: %n chunk(s)</source>
      <translation>
        <numerusform>Page {page}: %n chunk</numerusform>
        <numerusform>Page {page}: %n chunks</numerusform>
      </translation>
    </message>
  </context>
</TS>
