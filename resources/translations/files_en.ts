<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="en" sourcelanguage="en">
  <context>
    <name>files</name>
    <message numerus="yes">
      <location filename="../../bldr_desktop/ui/panels/file_manager/controller.py" />
      <source>%n file(s) could not be made searchable; the reasons are in the list.</source>
      <translation>
        <numerusform>%n file could not be made searchable; the reasons are in the list.</numerusform>
        <numerusform>%n files could not be made searchable; the reasons are in the list.</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <location filename="../../bldr_desktop/ui/panels/file_manager/controller.py" />
      <source>All done: %n file(s) searchable.</source>
      <translation>
        <numerusform>All done: %n file searchable.</numerusform>
        <numerusform>All done: %n files searchable.</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <location filename="../../bldr_desktop/ui/panels/file_manager/folders_controller.py" />
      <source>%n document(s) removed from search</source>
      <translation>
        <numerusform>%n document removed from search</numerusform>
        <numerusform>%n documents removed from search</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <location filename="../../bldr_desktop/ui/panels/file_manager/folders_controller.py" />
      <source>%n file(s) on their way</source>
      <translation>
        <numerusform>%n file on their way</numerusform>
        <numerusform>%n files on their way</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <location filename="../../bldr_desktop/ui/panels/file_manager/folders_view.py" />
      <source>%n searchable</source>
      <translation>
        <numerusform>%n searchable</numerusform>
        <numerusform>%n searchable</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <location filename="../../bldr_desktop/ui/panels/file_manager/folders_view.py" />
      <source>%n skipped</source>
      <translation>
        <numerusform>%n skipped</numerusform>
        <numerusform>%n skipped</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <location filename="../../bldr_desktop/ui/panels/file_manager/preflight_view.py" />
      <source>%n file(s) to upload, {size}</source>
      <translation>
        <numerusform>%n file to upload, {size}</numerusform>
        <numerusform>%n files to upload, {size}</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <location filename="../../bldr_desktop/ui/panels/file_manager/preflight_view.py" />
      <source>%n folder(s) could not be opened.</source>
      <translation>
        <numerusform>%n folder could not be opened.</numerusform>
        <numerusform>%n folders could not be opened.</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <location filename="../../bldr_desktop/ui/panels/file_manager/preflight_view.py" />
      <source>Comparing %n file(s) with what is known</source>
      <translation>
        <numerusform>Comparing %n file with what is known</numerusform>
        <numerusform>Comparing %n files with what is known</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <location filename="../../bldr_desktop/ui/panels/file_manager/preflight_view.py" />
      <source>Left out: %n hidden or temporary item(s).</source>
      <translation>
        <numerusform>Left out: %n hidden or temporary item.</numerusform>
        <numerusform>Left out: %n hidden or temporary items.</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <location filename="../../bldr_desktop/ui/panels/file_manager/preflight_view.py" />
      <source>Looking: %n file(s) found</source>
      <translation>
        <numerusform>Looking: %n file found</numerusform>
        <numerusform>Looking: %n files found</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <location filename="../../bldr_desktop/ui/panels/file_manager/preflight_view.py" />
      <source>Upload %n file(s)</source>
      <translation>
        <numerusform>Upload %n file</numerusform>
        <numerusform>Upload %n files</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <location filename="../../bldr_desktop/ui/panels/file_manager/server_folder_view.py" />
      <source>%n cannot be read and are left out</source>
      <translation>
        <numerusform>%n cannot be read and are left out</numerusform>
        <numerusform>%n cannot be read and are left out</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <location filename="../../bldr_desktop/ui/panels/file_manager/server_folder_view.py" />
      <source>%n file(s) can be read</source>
      <translation>
        <numerusform>%n file can be read</numerusform>
        <numerusform>%n files can be read</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <location filename="../../bldr_desktop/ui/panels/file_manager/table_menu.py" />
      <source>%n document(s) downloaded; drag again to drop them</source>
      <translation>
        <numerusform>%n document downloaded; drag again to drop them</numerusform>
        <numerusform>%n documents downloaded; drag again to drop them</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <location filename="../../bldr_desktop/ui/panels/file_manager/table_view.py" />
      <source>%n failed</source>
      <translation>
        <numerusform>%n failed</numerusform>
        <numerusform>%n failed</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <location filename="../../bldr_desktop/ui/panels/file_manager/table_view.py" />
      <source>%n file(s)</source>
      <translation>
        <numerusform>%n file</numerusform>
        <numerusform>%n files</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <location filename="../../bldr_desktop/ui/panels/file_manager/table_view.py" />
      <source>%n without text</source>
      <translation>
        <numerusform>%n without text</numerusform>
        <numerusform>%n without text</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <location filename="../../bldr_desktop/ui/panels/file_manager/table_view.py" />
      <source>Cancel %n</source>
      <translation>
        <numerusform>Cancel %n</numerusform>
        <numerusform>Cancel %n</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <location filename="../../bldr_desktop/ui/panels/file_manager/table_view.py" />
      <source>Pause %n</source>
      <translation>
        <numerusform>Pause %n</numerusform>
        <numerusform>Pause %n</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <location filename="../../bldr_desktop/ui/panels/file_manager/table_view.py" />
      <source>Resume %n</source>
      <translation>
        <numerusform>Resume %n</numerusform>
        <numerusform>Resume %n</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <location filename="../../bldr_desktop/ui/panels/file_manager/table_view.py" />
      <source>Train %n file(s)</source>
      <translation>
        <numerusform>Train %n file</numerusform>
        <numerusform>Train %n files</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <location filename="../../bldr_desktop/ui/panels/file_manager/words.py" />
      <source>%n chunk(s)</source>
      <translation>
        <numerusform>%n chunk</numerusform>
        <numerusform>%n chunks</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <location filename="../../bldr_desktop/ui/panels/file_manager/words.py" />
      <source>%n difference(s)</source>
      <translation>
        <numerusform>%n difference</numerusform>
        <numerusform>%n differences</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <location filename="../../bldr_desktop/ui/panels/file_manager/words.py" />
      <source>%n page(s)</source>
      <translation>
        <numerusform>%n page</numerusform>
        <numerusform>%n pages</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <location filename="../../bldr_desktop/ui/panels/file_manager/words.py" />
      <source>found %n time(s)</source>
      <translation>
        <numerusform>found %n time</numerusform>
        <numerusform>found %n times</numerusform>
      </translation>
    </message>
  </context>
</TS>
