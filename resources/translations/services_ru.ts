<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="ru" sourcelanguage="en">
  <context>
    <name>services</name>
    <message>
      <location filename="../../bldr_desktop/ui/settings/services_page.py" />
      <source>Address: {url}
Add the first person with: {command}</source>
      <translation>Адрес: {url}
Первого человека добавляет команда: {command}</translation>
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/settings/services_page.py" />
      <source>Being started; this takes some seconds.</source>
      <translation>Запускается; это займёт несколько секунд.</translation>
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/settings/services_page.py" />
      <source>Broker</source>
      <translation>Брокер</translation>
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/settings/services_page.py" />
      <source>Cluster: Redis, Postgres, Celery</source>
      <translation>Кластер: Redis, Postgres, Celery</translation>
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/settings/services_page.py" />
      <source>Database</source>
      <translation>База данных</translation>
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/settings/services_page.py" />
      <source>Disk</source>
      <translation>Диск</translation>
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/settings/services_page.py" />
      <source>Engine for an office, on this computer</source>
      <translation>Движок для офиса на этом компьютере</translation>
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/settings/services_page.py" />
      <source>Language model</source>
      <translation>Языковая модель</translation>
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/settings/services_page.py" />
      <source>Nothing runs. Start brings up what the chosen set needs, watches it, and goes on when this window is closed.</source>
      <translation>Ничего не запущено. «Запустить» поднимает всё, что нужно выбранному набору, следит за ним и работает дальше, когда это окно закрыто.</translation>
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/settings/services_page.py" />
      <source>One engine with SQLite</source>
      <translation>Один движок с SQLite</translation>
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/settings/services_page.py" />
      <source>Readers</source>
      <translation>Читатели файлов</translation>
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/settings/services_page.py" />
      <source>Search index</source>
      <translation>Поисковый индекс</translation>
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/settings/services_page.py" />
      <source>Services</source>
      <translation>Службы</translation>
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/settings/services_page.py" />
      <source>Start</source>
      <translation>Запустить</translation>
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/settings/services_page.py" />
      <source>Stop</source>
      <translation>Остановить</translation>
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/settings/services_page.py" />
      <source>The engine you are connected to</source>
      <translation>Движок, к которому вы подключены</translation>
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/settings/services_page.py" />
      <source>What to start</source>
      <translation>Что запустить</translation>
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/settings/services_page.py" />
      <source>does not answer</source>
      <translation>не отвечает</translation>
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/settings/services_page.py" />
      <source>failed</source>
      <translation>сбой</translation>
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/settings/services_page.py" />
      <source>is started again</source>
      <translation>запускается снова</translation>
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/settings/services_page.py" />
      <source>not used</source>
      <translation>не используется</translation>
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/settings/services_page.py" />
      <source>runs</source>
      <translation>работает</translation>
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/settings/services_page.py" />
      <source>starts</source>
      <translation>запускается</translation>
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/settings/services_page.py" />
      <source>stopped</source>
      <translation>остановлена</translation>
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/settings/services_page.py" />
      <source>waits</source>
      <translation>ждёт</translation>
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/settings/services_page.py" />
      <source>with limits</source>
      <translation>с ограничениями</translation>
    </message>
  </context>
</TS>
