<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="ru" sourcelanguage="en">
  <context>
    <name>services</name>
    <message numerus="yes">
      <location filename="../../bldr_desktop/ui/part_words.py" />
      <source>%n model(s)</source>
      <translation>
        <numerusform>%n модель</numerusform>
        <numerusform>%n модели</numerusform>
        <numerusform>%n моделей</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <location filename="../../bldr_desktop/ui/part_words.py" />
      <source>%n passage(s)</source>
      <translation>
        <numerusform>%n фрагмент</numerusform>
        <numerusform>%n фрагмента</numerusform>
        <numerusform>%n фрагментов</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <location filename="../../bldr_desktop/ui/part_words.py" />
      <source>%n process(es)</source>
      <translation>
        <numerusform>%n процесс</numerusform>
        <numerusform>%n процесса</numerusform>
        <numerusform>%n процессов</numerusform>
      </translation>
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/part_words.py" />
      <source>Broker</source>
      <translation>Брокер</translation>
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/part_words.py" />
      <source>Database</source>
      <translation>База данных</translation>
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/part_words.py" />
      <source>Disk</source>
      <translation>Диск</translation>
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/part_words.py" />
      <source>Language model</source>
      <translation>Языковая модель</translation>
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/part_words.py" />
      <source>Readers</source>
      <translation>Читатели файлов</translation>
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/part_words.py" />
      <source>Search index</source>
      <translation>Поисковый индекс</translation>
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/part_words.py" />
      <source>answers in {ms} ms</source>
      <translation>отвечает за {ms} мс</translation>
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/part_words.py" />
      <source>being opened</source>
      <translation>открывается</translation>
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/part_words.py" />
      <source>jobs run in the engine itself</source>
      <translation>задания выполняет сам движок</translation>
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/part_words.py" />
      <source>no language model is connected</source>
      <translation>языковая модель не подключена</translation>
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/part_words.py" />
      <source>not looked at yet</source>
      <translation>ещё не проверялось</translation>
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/part_words.py" />
      <source>not measured yet</source>
      <translation>ещё не измерено</translation>
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/part_words.py" />
      <source>open</source>
      <translation>открыта</translation>
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/part_words.py" />
      <source>the model server does not answer</source>
      <translation>сервер модели не отвечает</translation>
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/part_words.py" />
      <source>{busy} of {n} busy</source>
      <translation>занято {busy} из {n}</translation>
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/part_words.py" />
      <source>{size} free</source>
      <translation>свободно {size}</translation>
    </message>
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
      <source>Cluster: Redis, Postgres, Celery</source>
      <translation>Кластер: Redis, Postgres, Celery</translation>
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/settings/services_page.py" />
      <source>Engine for an office, on this computer</source>
      <translation>Движок для офиса на этом компьютере</translation>
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
