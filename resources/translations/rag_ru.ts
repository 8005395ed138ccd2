<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="ru" sourcelanguage="en">
  <context>
    <name>rag</name>
    <message>
      <location filename="../../bldr_desktop/ui/models/documents.py" />
      <source>Added</source>
      <translation type="unfinished" />
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/models/documents.py" />
      <source>Category</source>
      <translation type="unfinished" />
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/models/documents.py" />
      <source>Chunks</source>
      <translation type="unfinished" />
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/models/documents.py" />
      <source>Document</source>
      <translation type="unfinished" />
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/models/documents.py" />
      <source>Edition</source>
      <translation type="unfinished" />
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/models/documents.py" />
      <source>File</source>
      <translation type="unfinished" />
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/models/documents.py" />
      <source>Found</source>
      <translation type="unfinished" />
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/models/documents.py" />
      <source>Issued</source>
      <translation type="unfinished" />
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/models/documents.py" />
      <source>Language</source>
      <translation type="unfinished" />
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/models/documents.py" />
      <source>Owner</source>
      <translation type="unfinished" />
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/models/documents.py" />
      <source>Pages</source>
      <translation type="unfinished" />
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/models/documents.py" />
      <source>Size</source>
      <translation type="unfinished" />
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/models/documents.py" />
      <source>State</source>
      <translation type="unfinished" />
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/models/documents.py" />
      <source>Trained</source>
      <translation type="unfinished" />
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/models/documents.py" />
      <source>Type</source>
      <translation type="unfinished" />
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/panels/rag/controller.py" />
      <source>No program opens this type. It is here: {path}</source>
      <translation type="unfinished" />
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/panels/rag/controller.py" />
      <source>The original cannot be saved: {reason}</source>
      <translation type="unfinished" />
    </message>
    <message numerus="yes">
      <location filename="../../bldr_desktop/ui/panels/rag/details.py" />
      <source>%n time(s)</source>
      <translation type="unfinished">
        <numerusform />
        <numerusform />
        <numerusform />
      </translation>
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/panels/rag/details.py" />
      <source>Characters</source>
      <translation type="unfinished" />
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/panels/rag/details.py" />
      <source>Close the details</source>
      <translation type="unfinished" />
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/panels/rag/details.py" />
      <source>Folder</source>
      <translation type="unfinished" />
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/panels/rag/details.py" />
      <source>Open</source>
      <translation type="unfinished" />
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/panels/rag/details.py" />
      <source>Read by</source>
      <translation type="unfinished" />
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/panels/rag/details.py" />
      <source>Replaced by</source>
      <translation type="unfinished" />
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/panels/rag/details.py" />
      <source>SHA-256</source>
      <translation type="unfinished" />
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/panels/rag/details.py" />
      <source>Search in it</source>
      <translation type="unfinished" />
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/panels/rag/details.py" />
      <source>Searchable since</source>
      <translation type="unfinished" />
    </message>
    <message numerus="yes">
      <location filename="../../bldr_desktop/ui/panels/rag/documents_controller.py" />
      <source>%n document(s)</source>
      <translation type="unfinished">
        <numerusform />
        <numerusform />
        <numerusform />
      </translation>
    </message>
    <message numerus="yes">
      <location filename="../../bldr_desktop/ui/panels/rag/documents_controller.py" />
      <source>%n document(s) disabled: not found any more.</source>
      <translation type="unfinished">
        <numerusform />
        <numerusform />
        <numerusform />
      </translation>
    </message>
    <message numerus="yes">
      <location filename="../../bldr_desktop/ui/panels/rag/documents_controller.py" />
      <source>%n document(s) enabled.</source>
      <translation type="unfinished">
        <numerusform />
        <numerusform />
        <numerusform />
      </translation>
    </message>
    <message numerus="yes">
      <location filename="../../bldr_desktop/ui/panels/rag/documents_controller.py" />
      <source>%n document(s) in the bin.</source>
      <translation type="unfinished">
        <numerusform />
        <numerusform />
        <numerusform />
      </translation>
    </message>
    <message numerus="yes">
      <location filename="../../bldr_desktop/ui/panels/rag/documents_controller.py" />
      <source>%n document(s) refused: {reason}</source>
      <translation type="unfinished">
        <numerusform />
        <numerusform />
        <numerusform />
      </translation>
    </message>
    <message numerus="yes">
      <location filename="../../bldr_desktop/ui/panels/rag/documents_controller.py" />
      <source>%n document(s) restored.</source>
      <translation type="unfinished">
        <numerusform />
        <numerusform />
        <numerusform />
      </translation>
    </message>
    <message numerus="yes">
      <location filename="../../bldr_desktop/ui/panels/rag/documents_controller.py" />
      <source>%n document(s) will be read again</source>
      <translation type="unfinished">
        <numerusform />
        <numerusform />
        <numerusform />
      </translation>
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/panels/rag/documents_controller.py" />
      <source>Add documents</source>
      <translation type="unfinished" />
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/panels/rag/documents_controller.py" />
      <source>Add files or a folder; they can be searched as soon as they are trained.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/panels/rag/documents_controller.py" />
      <source>No document is like that</source>
      <translation type="unfinished" />
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/panels/rag/documents_controller.py" />
      <source>No documents yet</source>
      <translation type="unfinished" />
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/panels/rag/documents_controller.py" />
      <source>Other words or another state may have some.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/panels/rag/documents_controller.py" />
      <source>Show all</source>
      <translation type="unfinished" />
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/panels/rag/documents_controller.py" />
      <source>Taken back</source>
      <translation type="unfinished" />
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/panels/rag/documents_controller.py" />
      <source>The list of documents</source>
      <translation type="unfinished" />
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/panels/rag/documents_controller.py" />
      <source>Try again</source>
      <translation type="unfinished" />
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/panels/rag/documents_controller.py" />
      <source>Undo ({seconds} s)</source>
      <translation type="unfinished" />
    </message>
    <message numerus="yes">
      <location filename="../../bldr_desktop/ui/panels/rag/documents_view.py" />
      <source>%n chosen</source>
      <translation type="unfinished">
        <numerusform />
        <numerusform />
        <numerusform />
      </translation>
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/panels/rag/documents_view.py" />
      <source>All</source>
      <translation type="unfinished" />
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/panels/rag/documents_view.py" />
      <source>Any edition</source>
      <translation type="unfinished" />
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/panels/rag/documents_view.py" />
      <source>Bin</source>
      <translation type="unfinished" />
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/panels/rag/documents_view.py" />
      <source>Columns</source>
      <translation type="unfinished" />
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/panels/rag/documents_view.py" />
      <source>Current</source>
      <translation type="unfinished" />
    </message>
    <message numerus="yes">
      <location filename="../../bldr_desktop/ui/panels/rag/documents_view.py" />
      <source>Delete %n</source>
      <translation type="unfinished">
        <numerusform />
        <numerusform />
        <numerusform />
      </translation>
    </message>
    <message numerus="yes">
      <location filename="../../bldr_desktop/ui/panels/rag/documents_view.py" />
      <source>Disable %n</source>
      <translation type="unfinished">
        <numerusform />
        <numerusform />
        <numerusform />
      </translation>
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/panels/rag/documents_view.py" />
      <source>Disabled</source>
      <translation type="unfinished" />
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/panels/rag/documents_view.py" />
      <source>Documents</source>
      <translation type="unfinished" />
    </message>
    <message numerus="yes">
      <location filename="../../bldr_desktop/ui/panels/rag/documents_view.py" />
      <source>Enable %n</source>
      <translation type="unfinished">
        <numerusform />
        <numerusform />
        <numerusform />
      </translation>
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/panels/rag/documents_view.py" />
      <source>Export the list</source>
      <translation type="unfinished" />
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/panels/rag/documents_view.py" />
      <source>Failed</source>
      <translation type="unfinished" />
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/panels/rag/documents_view.py" />
      <source>Name, title, designation or folder</source>
      <translation type="unfinished" />
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/panels/rag/documents_view.py" />
      <source>No text</source>
      <translation type="unfinished" />
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/panels/rag/documents_view.py" />
      <source>Replaced</source>
      <translation type="unfinished" />
    </message>
    <message numerus="yes">
      <location filename="../../bldr_desktop/ui/panels/rag/documents_view.py" />
      <source>Restore %n</source>
      <translation type="unfinished">
        <numerusform />
        <numerusform />
        <numerusform />
      </translation>
    </message>
    <message numerus="yes">
      <location filename="../../bldr_desktop/ui/panels/rag/documents_view.py" />
      <source>Retrain %n</source>
      <translation type="unfinished">
        <numerusform />
        <numerusform />
        <numerusform />
      </translation>
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/panels/rag/filter_bar.py" />
      <source>Clear</source>
      <translation type="unfinished" />
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/panels/rag/filter_bar.py" />
      <source>Clear all filters</source>
      <translation type="unfinished" />
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/panels/rag/filter_bar.py" />
      <source>Off: of each norm only the newest edition is searched</source>
      <translation type="unfinished" />
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/panels/rag/filter_bar.py" />
      <source>Replaced editions too</source>
      <translation type="unfinished" />
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/panels/rag/filter_bar.py" />
      <source>Type to narrow the list</source>
      <translation type="unfinished" />
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/panels/rag/panel.py" />
      <source>Query</source>
      <translation type="unfinished" />
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/panels/rag/panel.py" />
      <source>Search and documents</source>
      <translation type="unfinished" />
    </message>
    <message numerus="yes">
      <location filename="../../bldr_desktop/ui/panels/rag/query_controller.py" />
      <source>%n hit(s)</source>
      <translation type="unfinished">
        <numerusform />
        <numerusform />
        <numerusform />
      </translation>
    </message>
    <message numerus="yes">
      <location filename="../../bldr_desktop/ui/panels/rag/query_controller.py" />
      <source>%n weak hit(s) can be shown: press Enter.</source>
      <translation type="unfinished">
        <numerusform />
        <numerusform />
        <numerusform />
      </translation>
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/panels/rag/query_controller.py" />
      <source>A question in plain words, a designation, or a clause such as СП 63 п.8.1.3.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/panels/rag/query_controller.py" />
      <source>Ask again: {text}</source>
      <translation type="unfinished" />
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/panels/rag/query_controller.py" />
      <source>Ask your documents</source>
      <translation type="unfinished" />
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/panels/rag/query_controller.py" />
      <source>Citation copied</source>
      <translation type="unfinished" />
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/panels/rag/query_controller.py" />
      <source>Filters narrow this search.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/panels/rag/query_controller.py" />
      <source>Nothing relevant in your documents</source>
      <translation type="unfinished" />
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/panels/rag/query_controller.py" />
      <source>Replaced editions are left out.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/panels/rag/query_controller.py" />
      <source>Search</source>
      <translation type="unfinished" />
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/panels/rag/query_controller.py" />
      <source>Search replaced editions too</source>
      <translation type="unfinished" />
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/panels/rag/query_controller.py" />
      <source>Search without filters</source>
      <translation type="unfinished" />
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/panels/rag/query_controller.py" />
      <source>Searching…</source>
      <translation type="unfinished" />
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/panels/rag/query_controller.py" />
      <source>Try other words, or a designation such as СП 63.13330.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/panels/rag/query_controller.py" />
      <source>{ms} ms</source>
      <translation type="unfinished" />
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/panels/rag/query_view.py" />
      <source>Ask, or type a clause: СП 63 п.8.1.3</source>
      <translation type="unfinished" />
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/panels/rag/query_view.py" />
      <source>Copy the citation</source>
      <translation type="unfinished" />
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/panels/rag/query_view.py" />
      <source>Export the hits</source>
      <translation type="unfinished" />
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/panels/rag/query_view.py" />
      <source>Hits</source>
      <translation type="unfinished" />
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/panels/rag/query_view.py" />
      <source>Make a control question</source>
      <translation type="unfinished" />
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/panels/rag/query_view.py" />
      <source>Question to the documents</source>
      <translation type="unfinished" />
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/panels/rag/query_view.py" />
      <source>Search in this document only</source>
      <translation type="unfinished" />
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/widgets/viewer/asides.py" />
      <source>No numbered clauses were found in this document.</source>
      <translation type="unfinished" />
    </message>
    <message numerus="yes">
      <location filename="../../bldr_desktop/ui/widgets/viewer/asides.py" />
      <source>Page {page}: %n chunk(s)</source>
      <translation type="unfinished">
        <numerusform />
        <numerusform />
        <numerusform />
      </translation>
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/widgets/viewer/asides.py" />
      <source>{count} characters</source>
      <translation type="unfinished" />
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/widgets/viewer/bars.py" />
      <source>Before</source>
      <translation type="unfinished" />
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/widgets/viewer/bars.py" />
      <source>Close the search</source>
      <translation type="unfinished" />
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/widgets/viewer/bars.py" />
      <source>Copy the citation (Ctrl+C)</source>
      <translation type="unfinished" />
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/widgets/viewer/bars.py" />
      <source>Extracted text and chunks</source>
      <translation type="unfinished" />
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/widgets/viewer/bars.py" />
      <source>Find in this document</source>
      <translation type="unfinished" />
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/widgets/viewer/bars.py" />
      <source>Find in this document (Ctrl+F)</source>
      <translation type="unfinished" />
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/widgets/viewer/bars.py" />
      <source>Hit before in this document</source>
      <translation type="unfinished" />
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/widgets/viewer/bars.py" />
      <source>Larger</source>
      <translation type="unfinished" />
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/widgets/viewer/bars.py" />
      <source>More</source>
      <translation type="unfinished" />
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/widgets/viewer/bars.py" />
      <source>Next</source>
      <translation type="unfinished" />
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/widgets/viewer/bars.py" />
      <source>Next hit in this document</source>
      <translation type="unfinished" />
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/widgets/viewer/bars.py" />
      <source>Next page</source>
      <translation type="unfinished" />
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/widgets/viewer/bars.py" />
      <source>Open in a window of its own</source>
      <translation type="unfinished" />
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/widgets/viewer/bars.py" />
      <source>Open the original</source>
      <translation type="unfinished" />
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/widgets/viewer/bars.py" />
      <source>Outline</source>
      <translation type="unfinished" />
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/widgets/viewer/bars.py" />
      <source>Page before</source>
      <translation type="unfinished" />
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/widgets/viewer/bars.py" />
      <source>Page number</source>
      <translation type="unfinished" />
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/widgets/viewer/bars.py" />
      <source>Smaller</source>
      <translation type="unfinished" />
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/widgets/viewer/bars.py" />
      <source>not found</source>
      <translation type="unfinished" />
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/widgets/viewer/bars.py" />
      <source>of {pages}</source>
      <translation type="unfinished" />
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/widgets/viewer/bars.py" />
      <source>{place} of {count}</source>
      <translation type="unfinished" />
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/widgets/viewer/canvas.py" />
      <source>Page {page}</source>
      <translation type="unfinished" />
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/widgets/viewer/controller.py" />
      <source>Sheet {number}</source>
      <translation type="unfinished" />
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/widgets/viewer/view.py" />
      <source>Cells of the sheet</source>
      <translation type="unfinished" />
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/widgets/viewer/view.py" />
      <source>Choose a hit: its page opens here with the passage marked.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/widgets/viewer/view.py" />
      <source>Clause or words</source>
      <translation type="unfinished" />
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/widgets/viewer/view.py" />
      <source>Extracted text</source>
      <translation type="unfinished" />
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/widgets/viewer/view.py" />
      <source>Nothing open yet</source>
      <translation type="unfinished" />
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/widgets/viewer/view.py" />
      <source>Pages of the document</source>
      <translation type="unfinished" />
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/widgets/viewer/view.py" />
      <source>Replaced by {name}</source>
      <translation type="unfinished" />
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/widgets/viewer/view.py" />
      <source>Sheets</source>
      <translation type="unfinished" />
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/widgets/viewer/view.py" />
      <source>Text of the document</source>
      <translation type="unfinished" />
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/widgets/words.py" />
      <source>Being trained</source>
      <translation type="unfinished" />
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/widgets/words.py" />
      <source>E-mail</source>
      <translation type="unfinished" />
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/widgets/words.py" />
      <source>Edition unknown</source>
      <translation type="unfinished" />
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/widgets/words.py" />
      <source>Image</source>
      <translation type="unfinished" />
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/widgets/words.py" />
      <source>In the bin</source>
      <translation type="unfinished" />
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/widgets/words.py" />
      <source>Text</source>
      <translation type="unfinished" />
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/widgets/words.py" />
      <source>Uploaded</source>
      <translation type="unfinished" />
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/widgets/words.py" />
      <source>cl. {number}</source>
      <translation type="unfinished" />
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/widgets/words.py" />
      <source>p. {page}</source>
      <translation type="unfinished" />
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/widgets/words.py" />
      <source>{source} (replaced edition)</source>
      <translation type="unfinished" />
    </message>
  </context>
</TS>
