<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="ru" sourcelanguage="en">
  <context>
    <name>monitor</name>
    <message>
      <location filename="../../bldr_desktop/ui/monitor/controller.py" />
      <source>Add documents on the File Manager panel and press Train.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/monitor/controller.py" />
      <source>No training yet</source>
      <translation type="unfinished" />
    </message>
    <message numerus="yes">
      <location filename="../../bldr_desktop/ui/monitor/head.py" />
      <source>%n failed</source>
      <translation type="unfinished">
        <numerusform />
        <numerusform />
        <numerusform />
      </translation>
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/monitor/head.py" />
      <source>Chunks</source>
      <translation type="unfinished" />
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/monitor/head.py" />
      <source>Elapsed</source>
      <translation type="unfinished" />
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/monitor/head.py" />
      <source>Files</source>
      <translation type="unfinished" />
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/monitor/head.py" />
      <source>Keep on top</source>
      <translation type="unfinished" />
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/monitor/head.py" />
      <source>Meanwhile the state is asked for every 10 s. Click to try now.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/monitor/head.py" />
      <source>Progress</source>
      <translation type="unfinished" />
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/monitor/head.py" />
      <source>Read</source>
      <translation type="unfinished" />
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/monitor/head.py" />
      <source>Time left</source>
      <translation type="unfinished" />
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/monitor/head.py" />
      <source>Which run</source>
      <translation type="unfinished" />
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/monitor/head.py" />
      <source>{n} of {m}</source>
      <translation type="unfinished" />
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/monitor/problems.py" />
      <source>File</source>
      <translation type="unfinished" />
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/monitor/problems.py" />
      <source>Files with problems</source>
      <translation type="unfinished" />
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/monitor/problems.py" />
      <source>Reason</source>
      <translation type="unfinished" />
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/monitor/problems.py" />
      <source>Stage</source>
      <translation type="unfinished" />
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/monitor/problems.py" />
      <source>State</source>
      <translation type="unfinished" />
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/monitor/stages.py" />
      <source>Share</source>
      <translation type="unfinished" />
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/monitor/stages.py" />
      <source>Stages and their times</source>
      <translation type="unfinished" />
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/monitor/stages.py" />
      <source>Time</source>
      <translation type="unfinished" />
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/monitor/texts.py" />
      <source>Chunking</source>
      <translation type="unfinished" />
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/monitor/texts.py" />
      <source>Connected</source>
      <translation type="unfinished" />
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/monitor/texts.py" />
      <source>Connecting…</source>
      <translation type="unfinished" />
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/monitor/texts.py" />
      <source>Done</source>
      <translation type="unfinished" />
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/monitor/texts.py" />
      <source>Error</source>
      <translation type="unfinished" />
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/monitor/texts.py" />
      <source>Failed</source>
      <translation type="unfinished" />
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/monitor/texts.py" />
      <source>Finding clauses</source>
      <translation type="unfinished" />
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/monitor/texts.py" />
      <source>Finding files</source>
      <translation type="unfinished" />
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/monitor/texts.py" />
      <source>Finished</source>
      <translation type="unfinished" />
    </message>
    <message numerus="yes">
      <location filename="../../bldr_desktop/ui/monitor/texts.py" />
      <source>Finished, %n failed</source>
      <translation type="unfinished">
        <numerusform />
        <numerusform />
        <numerusform />
      </translation>
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/monitor/texts.py" />
      <source>In work</source>
      <translation type="unfinished" />
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/monitor/texts.py" />
      <source>Indexing</source>
      <translation type="unfinished" />
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/monitor/texts.py" />
      <source>Interrupted</source>
      <translation type="unfinished" />
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/monitor/texts.py" />
      <source>No heartbeat for {ago}</source>
      <translation type="unfinished" />
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/monitor/texts.py" />
      <source>No server of this name was found.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/monitor/texts.py" />
      <source>No text</source>
      <translation type="unfinished" />
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/monitor/texts.py" />
      <source>Not found</source>
      <translation type="unfinished" />
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/monitor/texts.py" />
      <source>Not known now: the server is not heard</source>
      <translation type="unfinished" />
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/monitor/texts.py" />
      <source>Nothing answers at the server's address.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/monitor/texts.py" />
      <source>Offline</source>
      <translation type="unfinished" />
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/monitor/texts.py" />
      <source>Reading text</source>
      <translation type="unfinished" />
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/monitor/texts.py" />
      <source>Recognising type</source>
      <translation type="unfinished" />
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/monitor/texts.py" />
      <source>Reconnecting in {n} s</source>
      <translation type="unfinished" />
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/monitor/texts.py" />
      <source>Reconnecting…</source>
      <translation type="unfinished" />
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/monitor/texts.py" />
      <source>Running</source>
      <translation type="unfinished" />
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/monitor/texts.py" />
      <source>Searchable</source>
      <translation type="unfinished" />
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/monitor/texts.py" />
      <source>Set aside</source>
      <translation type="unfinished" />
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/monitor/texts.py" />
      <source>Sign-in needed</source>
      <translation type="unfinished" />
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/monitor/texts.py" />
      <source>Skipped</source>
      <translation type="unfinished" />
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/monitor/texts.py" />
      <source>Slow: no progress for {ago}, but it is alive</source>
      <translation type="unfinished" />
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/monitor/texts.py" />
      <source>Stopped</source>
      <translation type="unfinished" />
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/monitor/texts.py" />
      <source>Stopping…</source>
      <translation type="unfinished" />
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/monitor/texts.py" />
      <source>The computer was asleep.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/monitor/texts.py" />
      <source>The connection was lost.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/monitor/texts.py" />
      <source>The network has changed.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/monitor/texts.py" />
      <source>The server closed the connection.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/monitor/texts.py" />
      <source>The server did not answer in time.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/monitor/texts.py" />
      <source>The server does not accept the sign-in any more.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/monitor/texts.py" />
      <source>The server fell silent.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/monitor/texts.py" />
      <source>The server has too many connections now.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/monitor/texts.py" />
      <source>The server refuses this connection.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/monitor/texts.py" />
      <source>The server's certificate is not trusted.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/monitor/texts.py" />
      <source>Training</source>
      <translation type="unfinished" />
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/monitor/texts.py" />
      <source>Training of {time}</source>
      <translation type="unfinished" />
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/monitor/texts.py" />
      <source>Unchanged</source>
      <translation type="unfinished" />
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/monitor/texts.py" />
      <source>Unknown</source>
      <translation type="unfinished" />
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/monitor/texts.py" />
      <source>Unknown since {time}</source>
      <translation type="unfinished" />
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/monitor/texts.py" />
      <source>Verifying</source>
      <translation type="unfinished" />
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/monitor/texts.py" />
      <source>Waiting</source>
      <translation type="unfinished" />
    </message>
    <message numerus="yes">
      <location filename="../../bldr_desktop/ui/monitor/texts.py" />
      <source>Waiting behind %n job(s)</source>
      <translation type="unfinished">
        <numerusform />
        <numerusform />
        <numerusform />
      </translation>
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/monitor/texts.py" />
      <source>Waiting for its turn</source>
      <translation type="unfinished" />
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/monitor/texts.py" />
      <source>Waiting: no worker is running</source>
      <translation type="unfinished" />
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/monitor/texts.py" />
      <source>Waiting: the worker is busy with “{name}”</source>
      <translation type="unfinished" />
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/monitor/texts.py" />
      <source>What answers there is no Bldr server.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/monitor/texts.py" />
      <source>Working</source>
      <translation type="unfinished" />
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/monitor/texts.py" />
      <source>Working · last event {ago} ago</source>
      <translation type="unfinished" />
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/monitor/texts.py" />
      <source>a few seconds left</source>
      <translation type="unfinished" />
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/monitor/texts.py" />
      <source>about {time} left</source>
      <translation type="unfinished" />
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/monitor/texts.py" />
      <source>up to {time} left</source>
      <translation type="unfinished" />
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/monitor/texts.py" />
      <source>{h} h {m} min</source>
      <translation type="unfinished" />
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/monitor/texts.py" />
      <source>{low} – {high} left</source>
      <translation type="unfinished" />
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/monitor/texts.py" />
      <source>{low}–{high} min left</source>
      <translation type="unfinished" />
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/monitor/texts.py" />
      <source>{low}–{high} s left</source>
      <translation type="unfinished" />
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/monitor/texts.py" />
      <source>{m} min {s} s</source>
      <translation type="unfinished" />
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/monitor/texts.py" />
      <source>{n} min</source>
      <translation type="unfinished" />
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/monitor/texts.py" />
      <source>{n} ms</source>
      <translation type="unfinished" />
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/monitor/texts.py" />
      <source>{n} s</source>
      <translation type="unfinished" />
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/monitor/window.py" />
      <source>Continue with the rest</source>
      <translation type="unfinished" />
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/monitor/window.py" />
      <source>Curves</source>
      <translation type="unfinished" />
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/monitor/window.py" />
      <source>History</source>
      <translation type="unfinished" />
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/monitor/window.py" />
      <source>Log</source>
      <translation type="unfinished" />
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/monitor/window.py" />
      <source>Log, problems, curves, report</source>
      <translation type="unfinished" />
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/monitor/window.py" />
      <source>Problems</source>
      <translation type="unfinished" />
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/monitor/window.py" />
      <source>Report</source>
      <translation type="unfinished" />
    </message>
    <message numerus="yes">
      <location filename="../../bldr_desktop/ui/monitor/window.py" />
      <source>Retry %n failed</source>
      <translation type="unfinished">
        <numerusform />
        <numerusform />
        <numerusform />
      </translation>
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/monitor/window.py" />
      <source>Save report…</source>
      <translation type="unfinished" />
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/monitor/window.py" />
      <source>Stop</source>
      <translation type="unfinished" />
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/monitor/window.py" />
      <source>What is finished stays searchable.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/monitor/window.py" />
      <source>Where the time goes</source>
      <translation type="unfinished" />
    </message>
    <message numerus="yes">
      <location filename="../../bldr_desktop/ui/widgets/log_pane.py" />
      <source>%n hit(s)</source>
      <translation type="unfinished">
        <numerusform />
        <numerusform />
        <numerusform />
      </translation>
    </message>
    <message numerus="yes">
      <location filename="../../bldr_desktop/ui/widgets/log_pane.py" />
      <source>%n line(s)</source>
      <translation type="unfinished">
        <numerusform />
        <numerusform />
        <numerusform />
      </translation>
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/widgets/log_pane.py" />
      <source>All levels</source>
      <translation type="unfinished" />
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/widgets/log_pane.py" />
      <source>Copy the selected lines</source>
      <translation type="unfinished" />
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/widgets/log_pane.py" />
      <source>Errors only</source>
      <translation type="unfinished" />
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/widgets/log_pane.py" />
      <source>Follow the newest line</source>
      <translation type="unfinished" />
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/widgets/log_pane.py" />
      <source>Lowest level shown</source>
      <translation type="unfinished" />
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/widgets/log_pane.py" />
      <source>Next hit</source>
      <translation type="unfinished" />
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/widgets/log_pane.py" />
      <source>Previous hit</source>
      <translation type="unfinished" />
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/widgets/log_pane.py" />
      <source>Save the log…</source>
      <translation type="unfinished" />
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/widgets/log_pane.py" />
      <source>Search the whole log</source>
      <translation type="unfinished" />
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/widgets/log_pane.py" />
      <source>The log is not kept any more: {reason}</source>
      <translation type="unfinished" />
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/widgets/log_pane.py" />
      <source>The whole line</source>
      <translation type="unfinished" />
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/widgets/log_pane.py" />
      <source>Typewriter letters</source>
      <translation type="unfinished" />
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/widgets/log_pane.py" />
      <source>Warnings and errors</source>
      <translation type="unfinished" />
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/widgets/log_pane.py" />
      <source>Without details</source>
      <translation type="unfinished" />
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/widgets/log_pane.py" />
      <source>no hits</source>
      <translation type="unfinished" />
    </message>
  </context>
</TS>
