<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="ru" sourcelanguage="en">
  <context>
    <name>files</name>
    <message>
      <location filename="../../bldr_desktop/ui/models/preflight_model.py" />
      <source>Details</source>
      <translation type="unfinished" />
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/models/preflight_model.py" />
      <source>Name</source>
      <translation type="unfinished" />
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/models/preflight_model.py" />
      <source>Size</source>
      <translation type="unfinished" />
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/models/preflight_model.py" />
      <source>What it is</source>
      <translation type="unfinished" />
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/models/transfers_model.py" />
      <source>Progress</source>
      <translation type="unfinished" />
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/models/transfers_model.py" />
      <source>State</source>
      <translation type="unfinished" />
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/models/transfers_model.py" />
      <source>Steps</source>
      <translation type="unfinished" />
    </message>
    <message numerus="yes">
      <location filename="../../bldr_desktop/ui/panels/file_manager/controller.py" />
      <source>%n file(s) failed; the others are searchable.</source>
      <translation type="unfinished">
        <numerusform />
        <numerusform />
        <numerusform />
      </translation>
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/panels/file_manager/controller.py" />
      <source>Add files</source>
      <translation type="unfinished" />
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/panels/file_manager/controller.py" />
      <source>Add folder</source>
      <translation type="unfinished" />
    </message>
    <message numerus="yes">
      <location filename="../../bldr_desktop/ui/panels/file_manager/controller.py" />
      <source>All %n file(s) are searchable.</source>
      <translation type="unfinished">
        <numerusform />
        <numerusform />
        <numerusform />
      </translation>
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/panels/file_manager/controller.py" />
      <source>Ask a question</source>
      <translation type="unfinished" />
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/panels/file_manager/controller.py" />
      <source>None</source>
      <translation type="unfinished" />
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/panels/file_manager/controller.py" />
      <source>Parallel uploads</source>
      <translation type="unfinished" />
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/panels/file_manager/controller.py" />
      <source>Paused: {reason}</source>
      <translation type="unfinished" />
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/panels/file_manager/controller.py" />
      <source>Resume</source>
      <translation type="unfinished" />
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/panels/file_manager/controller.py" />
      <source>Retry failed</source>
      <translation type="unfinished" />
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/panels/file_manager/controller.py" />
      <source>Speed limit</source>
      <translation type="unfinished" />
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/panels/file_manager/controller.py" />
      <source>The server does not answer. Uploads wait and go on by themselves.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/panels/file_manager/controller.py" />
      <source>Try now</source>
      <translation type="unfinished" />
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/panels/file_manager/drop_zone.py" />
      <source>Add files…</source>
      <translation type="unfinished" />
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/panels/file_manager/drop_zone.py" />
      <source>Add folder…</source>
      <translation type="unfinished" />
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/panels/file_manager/drop_zone.py" />
      <source>Drop documents or folders here</source>
      <translation type="unfinished" />
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/panels/file_manager/drop_zone.py" />
      <source>Drop files or folders here</source>
      <translation type="unfinished" />
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/panels/file_manager/drop_zone.py" />
      <source>PDF, Word, Excel, HTML, text, scans and many more; folders with everything in them. You see what is new and what has changed before anything is sent.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/panels/file_manager/panel.py" />
      <source>Files</source>
      <translation type="unfinished" />
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/panels/file_manager/panel.py" />
      <source>Transfers</source>
      <translation type="unfinished" />
    </message>
    <message numerus="yes">
      <location filename="../../bldr_desktop/ui/panels/file_manager/preflight_view.py" />
      <source>%n file(s) to upload, {size}</source>
      <translation type="unfinished">
        <numerusform />
        <numerusform />
        <numerusform />
      </translation>
    </message>
    <message numerus="yes">
      <location filename="../../bldr_desktop/ui/panels/file_manager/preflight_view.py" />
      <source>%n folder(s) could not be opened.</source>
      <translation type="unfinished">
        <numerusform />
        <numerusform />
        <numerusform />
      </translation>
    </message>
    <message numerus="yes">
      <location filename="../../bldr_desktop/ui/panels/file_manager/preflight_view.py" />
      <source>%n hidden or temporary item(s) were left out.</source>
      <translation type="unfinished">
        <numerusform />
        <numerusform />
        <numerusform />
      </translation>
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/panels/file_manager/preflight_view.py" />
      <source>Cancel</source>
      <translation type="unfinished" />
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/panels/file_manager/preflight_view.py" />
      <source>Changed files:</source>
      <translation type="unfinished" />
    </message>
    <message numerus="yes">
      <location filename="../../bldr_desktop/ui/panels/file_manager/preflight_view.py" />
      <source>Comparing %n file(s) with what is known</source>
      <translation type="unfinished">
        <numerusform />
        <numerusform />
        <numerusform />
      </translation>
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/panels/file_manager/preflight_view.py" />
      <source>Files to upload</source>
      <translation type="unfinished" />
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/panels/file_manager/preflight_view.py" />
      <source>Keep both</source>
      <translation type="unfinished" />
    </message>
    <message numerus="yes">
      <location filename="../../bldr_desktop/ui/panels/file_manager/preflight_view.py" />
      <source>Looking: %n file(s) found</source>
      <translation type="unfinished">
        <numerusform />
        <numerusform />
        <numerusform />
      </translation>
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/panels/file_manager/preflight_view.py" />
      <source>Make searchable when uploaded</source>
      <translation type="unfinished" />
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/panels/file_manager/preflight_view.py" />
      <source>Nothing new to upload</source>
      <translation type="unfinished" />
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/panels/file_manager/preflight_view.py" />
      <source>Replace the old</source>
      <translation type="unfinished" />
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/panels/file_manager/preflight_view.py" />
      <source>Skip</source>
      <translation type="unfinished" />
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/panels/file_manager/preflight_view.py" />
      <source>The server could not be asked what it has; what is there will not be sent twice.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/panels/file_manager/preflight_view.py" />
      <source>There are no documents in what was dropped</source>
      <translation type="unfinished" />
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/panels/file_manager/preflight_view.py" />
      <source>Train on these files as soon as they are uploaded</source>
      <translation type="unfinished" />
    </message>
    <message numerus="yes">
      <location filename="../../bldr_desktop/ui/panels/file_manager/preflight_view.py" />
      <source>Upload %n file(s)</source>
      <translation type="unfinished">
        <numerusform />
        <numerusform />
        <numerusform />
      </translation>
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/panels/file_manager/preflight_view.py" />
      <source>What to do with files whose content has changed</source>
      <translation type="unfinished" />
    </message>
    <message numerus="yes">
      <location filename="../../bldr_desktop/ui/panels/file_manager/table_view.py" />
      <source>%n failed</source>
      <translation type="unfinished">
        <numerusform />
        <numerusform />
        <numerusform />
      </translation>
    </message>
    <message numerus="yes">
      <location filename="../../bldr_desktop/ui/panels/file_manager/table_view.py" />
      <source>%n file(s)</source>
      <translation type="unfinished">
        <numerusform />
        <numerusform />
        <numerusform />
      </translation>
    </message>
    <message numerus="yes">
      <location filename="../../bldr_desktop/ui/panels/file_manager/table_view.py" />
      <source>%n searchable</source>
      <translation type="unfinished">
        <numerusform />
        <numerusform />
        <numerusform />
      </translation>
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/panels/file_manager/table_view.py" />
      <source>All</source>
      <translation type="unfinished" />
    </message>
    <message numerus="yes">
      <location filename="../../bldr_desktop/ui/panels/file_manager/table_view.py" />
      <source>Cancel %n</source>
      <translation type="unfinished">
        <numerusform />
        <numerusform />
        <numerusform />
      </translation>
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/panels/file_manager/table_view.py" />
      <source>Clear done</source>
      <translation type="unfinished" />
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/panels/file_manager/table_view.py" />
      <source>Failed</source>
      <translation type="unfinished" />
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/panels/file_manager/table_view.py" />
      <source>Filter by name</source>
      <translation type="unfinished" />
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/panels/file_manager/table_view.py" />
      <source>Filter by state</source>
      <translation type="unfinished" />
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/panels/file_manager/table_view.py" />
      <source>Make uploaded files searchable</source>
      <translation type="unfinished" />
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/panels/file_manager/table_view.py" />
      <source>Parallel uploads and speed limit</source>
      <translation type="unfinished" />
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/panels/file_manager/table_view.py" />
      <source>Pause</source>
      <translation type="unfinished" />
    </message>
    <message numerus="yes">
      <location filename="../../bldr_desktop/ui/panels/file_manager/table_view.py" />
      <source>Pause %n</source>
      <translation type="unfinished">
        <numerusform />
        <numerusform />
        <numerusform />
      </translation>
    </message>
    <message numerus="yes">
      <location filename="../../bldr_desktop/ui/panels/file_manager/table_view.py" />
      <source>Resume %n</source>
      <translation type="unfinished">
        <numerusform />
        <numerusform />
        <numerusform />
      </translation>
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/panels/file_manager/table_view.py" />
      <source>Searchable</source>
      <translation type="unfinished" />
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/panels/file_manager/table_view.py" />
      <source>Take finished rows out of this list; documents stay</source>
      <translation type="unfinished" />
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/panels/file_manager/table_view.py" />
      <source>Train</source>
      <translation type="unfinished" />
    </message>
    <message numerus="yes">
      <location filename="../../bldr_desktop/ui/panels/file_manager/table_view.py" />
      <source>Train %n file(s)</source>
      <translation type="unfinished">
        <numerusform />
        <numerusform />
        <numerusform />
      </translation>
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/panels/file_manager/table_view.py" />
      <source>Try all failed files again, and only them</source>
      <translation type="unfinished" />
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/panels/file_manager/table_view.py" />
      <source>Under way</source>
      <translation type="unfinished" />
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/panels/file_manager/table_view.py" />
      <source>Upload progress</source>
      <translation type="unfinished" />
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/panels/file_manager/table_view.py" />
      <source>{sent} of {all}</source>
      <translation type="unfinished" />
    </message>
    <message numerus="yes">
      <location filename="../../bldr_desktop/ui/panels/file_manager/words.py" />
      <source>%n chunk(s)</source>
      <translation type="unfinished">
        <numerusform />
        <numerusform />
        <numerusform />
      </translation>
    </message>
    <message numerus="yes">
      <location filename="../../bldr_desktop/ui/panels/file_manager/words.py" />
      <source>%n page(s)</source>
      <translation type="unfinished">
        <numerusform />
        <numerusform />
        <numerusform />
      </translation>
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/panels/file_manager/words.py" />
      <source>A scan without text; needs OCR</source>
      <translation type="unfinished" />
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/panels/file_manager/words.py" />
      <source>Already searchable</source>
      <translation type="unfinished" />
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/panels/file_manager/words.py" />
      <source>Cancelled</source>
      <translation type="unfinished" />
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/panels/file_manager/words.py" />
      <source>Cannot be opened: in use by another program, or not yours</source>
      <translation type="unfinished" />
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/panels/file_manager/words.py" />
      <source>Cannot be read</source>
      <translation type="unfinished" />
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/panels/file_manager/words.py" />
      <source>Changed</source>
      <translation type="unfinished" />
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/panels/file_manager/words.py" />
      <source>Checking</source>
      <translation type="unfinished" />
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/panels/file_manager/words.py" />
      <source>Chunking</source>
      <translation type="unfinished" />
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/panels/file_manager/words.py" />
      <source>Crashed its reader several times; set aside</source>
      <translation type="unfinished" />
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/panels/file_manager/words.py" />
      <source>DWG drawings cannot be read; save it as DXF or PDF</source>
      <translation type="unfinished" />
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/panels/file_manager/words.py" />
      <source>Duplicate</source>
      <translation type="unfinished" />
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/panels/file_manager/words.py" />
      <source>Empty</source>
      <translation type="unfinished" />
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/panels/file_manager/words.py" />
      <source>In the queue</source>
      <translation type="unfinished" />
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/panels/file_manager/words.py" />
      <source>Indexing</source>
      <translation type="unfinished" />
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/panels/file_manager/words.py" />
      <source>Is being written to by another program; try again later</source>
      <translation type="unfinished" />
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/panels/file_manager/words.py" />
      <source>Larger than the server takes</source>
      <translation type="unfinished" />
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/panels/file_manager/words.py" />
      <source>New</source>
      <translation type="unfinished" />
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/panels/file_manager/words.py" />
      <source>No text</source>
      <translation type="unfinished" />
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/panels/file_manager/words.py" />
      <source>Not a document that can be read</source>
      <translation type="unfinished" />
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/panels/file_manager/words.py" />
      <source>Not supported</source>
      <translation type="unfinished" />
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/panels/file_manager/words.py" />
      <source>Other content is known under this name</source>
      <translation type="unfinished" />
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/panels/file_manager/words.py" />
      <source>Paused</source>
      <translation type="unfinished" />
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/panels/file_manager/words.py" />
      <source>Protected by a password; save it without one</source>
      <translation type="unfinished" />
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/panels/file_manager/words.py" />
      <source>Reading</source>
      <translation type="unfinished" />
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/panels/file_manager/words.py" />
      <source>Reading it took too long</source>
      <translation type="unfinished" />
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/panels/file_manager/words.py" />
      <source>Reading it took too much memory</source>
      <translation type="unfinished" />
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/panels/file_manager/words.py" />
      <source>Same content as {name}</source>
      <translation type="unfinished" />
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/panels/file_manager/words.py" />
      <source>The document was deleted on the server</source>
      <translation type="unfinished" />
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/panels/file_manager/words.py" />
      <source>The file is damaged</source>
      <translation type="unfinished" />
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/panels/file_manager/words.py" />
      <source>The file is empty</source>
      <translation type="unfinished" />
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/panels/file_manager/words.py" />
      <source>The file is no longer there</source>
      <translation type="unfinished" />
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/panels/file_manager/words.py" />
      <source>The file makes its reader crash</source>
      <translation type="unfinished" />
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/panels/file_manager/words.py" />
      <source>The path is too long for this system</source>
      <translation type="unfinished" />
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/panels/file_manager/words.py" />
      <source>The server's disk is full</source>
      <translation type="unfinished" />
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/panels/file_manager/words.py" />
      <source>The text's encoding was not recognised</source>
      <translation type="unfinished" />
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/panels/file_manager/words.py" />
      <source>There is no text in it</source>
      <translation type="unfinished" />
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/panels/file_manager/words.py" />
      <source>Too big</source>
      <translation type="unfinished" />
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/panels/file_manager/words.py" />
      <source>Unchanged</source>
      <translation type="unfinished" />
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/panels/file_manager/words.py" />
      <source>Unpacks to far too much; not read</source>
      <translation type="unfinished" />
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/panels/file_manager/words.py" />
      <source>Uploaded</source>
      <translation type="unfinished" />
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/panels/file_manager/words.py" />
      <source>Uploading</source>
      <translation type="unfinished" />
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/panels/file_manager/words.py" />
      <source>Waiting</source>
      <translation type="unfinished" />
    </message>
    <message numerus="yes">
      <location filename="../../bldr_desktop/ui/panels/file_manager/words.py" />
      <source>found %n time(s)</source>
      <translation type="unfinished">
        <numerusform />
        <numerusform />
        <numerusform />
      </translation>
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/panels/file_manager/words.py" />
      <source>{low}–{high} h</source>
      <translation type="unfinished" />
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/panels/file_manager/words.py" />
      <source>{low}–{high} min</source>
      <translation type="unfinished" />
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/panels/file_manager/words.py" />
      <source>{low}–{high} s</source>
      <translation type="unfinished" />
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/panels/file_manager/words.py" />
      <source>{n} min</source>
      <translation type="unfinished" />
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/panels/file_manager/words.py" />
      <source>{n} s</source>
      <translation type="unfinished" />
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/panels/file_manager/words.py" />
      <source>{size}/s</source>
      <translation type="unfinished" />
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/panels/file_manager/words.py" />
      <source>{time} left</source>
      <translation type="unfinished" />
    </message>
  </context>
</TS>
