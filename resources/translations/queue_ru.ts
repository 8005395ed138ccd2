<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="ru" sourcelanguage="en">
  <context>
    <name>queue</name>
    <message>
      <location filename="../../bldr_desktop/ui/models/jobs.py" />
      <source>AI answer</source>
      <translation>Ответ ИИ</translation>
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/models/jobs.py" />
      <source>Cancelled</source>
      <translation>Отменено</translation>
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/models/jobs.py" />
      <source>Cancelling</source>
      <translation>Отменяется</translation>
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/models/jobs.py" />
      <source>Completed</source>
      <translation>Завершено</translation>
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/models/jobs.py" />
      <source>Control questions</source>
      <translation>Контрольные вопросы</translation>
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/models/jobs.py" />
      <source>Export</source>
      <translation>Выгрузка</translation>
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/models/jobs.py" />
      <source>Failed</source>
      <translation>Ошибка</translation>
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/models/jobs.py" />
      <source>Interrupted</source>
      <translation>Прервано</translation>
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/models/jobs.py" />
      <source>Job</source>
      <translation>Задание</translation>
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/models/jobs.py" />
      <source>Message</source>
      <translation>Сообщение</translation>
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/models/jobs.py" />
      <source>Owner</source>
      <translation>Владелец</translation>
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/models/jobs.py" />
      <source>Progress</source>
      <translation>Готово</translation>
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/models/jobs.py" />
      <source>Question list</source>
      <translation>Список вопросов</translation>
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/models/jobs.py" />
      <source>Retraining</source>
      <translation>Переобучение</translation>
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/models/jobs.py" />
      <source>Running</source>
      <translation>Выполняется</translation>
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/models/jobs.py" />
      <source>Started</source>
      <translation>Начато</translation>
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/models/jobs.py" />
      <source>State</source>
      <translation>Состояние</translation>
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/models/jobs.py" />
      <source>Training</source>
      <translation>Обучение</translation>
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/models/jobs.py" />
      <source>Waiting</source>
      <translation>Ждёт</translation>
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/panels/queue/controller.py" />
      <source>Add documents: each training appears here with its progress.</source>
      <translation>Добавьте документы: каждое обучение появится здесь со своим ходом.</translation>
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/panels/queue/controller.py" />
      <source>Go to the files</source>
      <translation>Перейти к файлам</translation>
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/panels/queue/controller.py" />
      <source>No jobs yet</source>
      <translation>Заданий пока нет</translation>
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/panels/queue/controller.py" />
      <source>The queue</source>
      <translation>Очередь</translation>
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/panels/queue/controller.py" />
      <source>{running} running · {waiting} waiting</source>
      <translation>выполняется {running} · ждёт {waiting}</translation>
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/panels/queue/panel.py" />
      <source>Double click a job to open its monitor</source>
      <translation>Двойной щелчок открывает монитор задания</translation>
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/panels/queue/panel.py" />
      <source>Jobs</source>
      <translation>Задания</translation>
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/panels/queue/panel.py" />
      <source>Queue</source>
      <translation>Очередь</translation>
    </message>
  </context>
</TS>
