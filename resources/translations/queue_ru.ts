<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="ru" sourcelanguage="en">
  <context>
    <name>queue</name>
    <message>
      <location filename="../../bldr_desktop/ui/models/job_explain.py" />
      <source>A service that the engine needs does not answer.</source>
      <translation>Не отвечает служба, которая нужна движку.</translation>
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/models/job_explain.py" />
      <source>Add files, or train again with all files if you changed the settings.</source>
      <translation>Добавьте файлы или обучите все заново, если меняли настройки.</translation>
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/models/job_explain.py" />
      <source>Ask an administrator of the server.</source>
      <translation>Обратитесь к администратору сервера.</translation>
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/models/job_explain.py" />
      <source>Connect one in the AI Shell; until then answers are passages of your documents.</source>
      <translation>Подключите её в AI Shell; до этого ответами служат фрагменты ваших документов.</translation>
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/models/job_explain.py" />
      <source>Connect the drive or correct the path, then retry.</source>
      <translation>Подключите диск или исправьте путь и повторите.</translation>
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/models/job_explain.py" />
      <source>Enter the key again in the AI Shell.</source>
      <translation>Введите ключ ещё раз в AI Shell.</translation>
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/models/job_explain.py" />
      <source>It was deleted meanwhile; nothing needs to be done.</source>
      <translation>Это удалили; ничего делать не нужно.</translation>
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/models/job_explain.py" />
      <source>Look at the log of the job; the details can be copied for whoever looks after the server.</source>
      <translation>Посмотрите журнал задания; подробности можно скопировать для того, кто обслуживает сервер.</translation>
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/models/job_explain.py" />
      <source>Look at the status line; the engine goes on by itself when the service is back.</source>
      <translation>Посмотрите строку состояния; движок продолжит сам, когда служба вернётся.</translation>
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/models/job_explain.py" />
      <source>Make room, then retry: nothing that was finished is lost.</source>
      <translation>Освободите место и повторите: сделанное не потеряно.</translation>
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/models/job_explain.py" />
      <source>No language model is connected.</source>
      <translation>Языковая модель не подключена.</translation>
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/models/job_explain.py" />
      <source>None of the files could be read.</source>
      <translation>Не удалось прочитать ни один файл.</translation>
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/models/job_explain.py" />
      <source>Open the monitor to see each file with its reason, and retry only these.</source>
      <translation>Откройте монитор: там каждый файл с причиной и кнопка «повторить только эти».</translation>
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/models/job_explain.py" />
      <source>Open the monitor to see the reasons; often it is one cause, such as a missing drive.</source>
      <translation>Откройте монитор, чтобы увидеть причины; часто она одна, например отключённый диск.</translation>
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/models/job_explain.py" />
      <source>Retry with fewer attachments, or with a smaller or faster model.</source>
      <translation>Повторите с меньшим числом вложений или с более быстрой моделью.</translation>
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/models/job_explain.py" />
      <source>Retry. Copy the details for the developers if it happens again.</source>
      <translation>Повторите. Если случится снова, скопируйте подробности для разработчиков.</translation>
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/models/job_explain.py" />
      <source>Retry; choose another model if it happens again.</source>
      <translation>Повторите; если случится снова, выберите другую модель.</translation>
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/models/job_explain.py" />
      <source>Retry; if it happens again, look at the last file in the log and leave it out.</source>
      <translation>Повторите; если не поможет, найдите в журнале последний файл и исключите его.</translation>
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/models/job_explain.py" />
      <source>Sign in and retry.</source>
      <translation>Войдите и повторите.</translation>
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/models/job_explain.py" />
      <source>Some files could not be read; the others are searchable.</source>
      <translation>Часть файлов не прочитана; остальные доступны для поиска.</translation>
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/models/job_explain.py" />
      <source>Somebody cancelled the job.</source>
      <translation>Задание отменили.</translation>
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/models/job_explain.py" />
      <source>Start LM Studio, Ollama or your server, then retry.</source>
      <translation>Запустите LM Studio, Ollama или свой сервер и повторите.</translation>
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/models/job_explain.py" />
      <source>The disk of the engine is full.</source>
      <translation>На диске движка нет места.</translation>
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/models/job_explain.py" />
      <source>The engine gave no code for this failure.</source>
      <translation>Движок не назвал код этой ошибки.</translation>
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/models/job_explain.py" />
      <source>The engine made a mistake.</source>
      <translation>Ошибка движка.</translation>
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/models/job_explain.py" />
      <source>The engine made a mistake; the job's work so far is kept.</source>
      <translation>Ошибка движка; сделанное заданием сохранено.</translation>
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/models/job_explain.py" />
      <source>The folder was not there when the job looked for it.</source>
      <translation>Папки не оказалось на месте, когда задание её искало.</translation>
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/models/job_explain.py" />
      <source>The model server does not answer.</source>
      <translation>Сервер модели не отвечает.</translation>
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/models/job_explain.py" />
      <source>The model server is busy, or its quota is used up.</source>
      <translation>Сервер модели занят или исчерпана квота.</translation>
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/models/job_explain.py" />
      <source>The model server refused the key.</source>
      <translation>Сервер модели не принял ключ.</translation>
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/models/job_explain.py" />
      <source>The model took too long.</source>
      <translation>Модель отвечала слишком долго.</translation>
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/models/job_explain.py" />
      <source>The model's answer broke off.</source>
      <translation>Ответ модели оборвался.</translation>
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/models/job_explain.py" />
      <source>The other files are not affected. Mend or replace this file and train it again.</source>
      <translation>Другие файлы не затронуты. Исправьте или замените этот файл и обучите его снова.</translation>
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/models/job_explain.py" />
      <source>The process that did the work ended, again and again.</source>
      <translation>Процесс, который выполнял работу, завершался снова и снова.</translation>
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/models/job_explain.py" />
      <source>The search index could not be reached or is being rebuilt.</source>
      <translation>Поисковый индекс недоступен или восстанавливается.</translation>
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/models/job_explain.py" />
      <source>The sign-in was over.</source>
      <translation>Вход закончился.</translation>
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/models/job_explain.py" />
      <source>There was nothing new to do: all files were trained already, or none is supported.</source>
      <translation>Нового не нашлось: все файлы уже обучены или ни один не поддерживается.</translation>
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/models/job_explain.py" />
      <source>Wait a little and retry, or choose another model.</source>
      <translation>Подождите и повторите или выберите другую модель.</translation>
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/models/job_explain.py" />
      <source>Wait until the status line says that all is well, then retry.</source>
      <translation>Дождитесь, пока строка состояния покажет, что всё в порядке, и повторите.</translation>
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/models/job_explain.py" />
      <source>What the job works on is no longer there.</source>
      <translation>Того, с чем работало задание, больше нет.</translation>
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/models/job_explain.py" />
      <source>What was finished is kept. «Continue» does the rest.</source>
      <translation>Сделанное сохранено. «Продолжить» выполнит остальное.</translation>
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/models/job_explain.py" />
      <source>You may not do this with your role.</source>
      <translation>Ваша роль этого не позволяет.</translation>
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/models/job_words.py" />
      <source>AI answer</source>
      <translation>Ответ ИИ</translation>
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/models/job_words.py" />
      <source>Cancelled</source>
      <translation>Отменено</translation>
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/models/job_words.py" />
      <source>Cancelled: {kept} of {total} files are kept and searchable.</source>
      <translation>Отменено: {kept} из {total} файлов сохранены и доступны для поиска.</translation>
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/models/job_words.py" />
      <source>Cancelling</source>
      <translation>Отменяется</translation>
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/models/job_words.py" />
      <source>Completed</source>
      <translation>Завершено</translation>
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/models/job_words.py" />
      <source>Control questions</source>
      <translation>Контрольные вопросы</translation>
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/models/job_words.py" />
      <source>Export</source>
      <translation>Выгрузка</translation>
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/models/job_words.py" />
      <source>Failed</source>
      <translation>Ошибка</translation>
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/models/job_words.py" />
      <source>Interrupted</source>
      <translation>Прервано</translation>
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/models/job_words.py" />
      <source>Next in line</source>
      <translation>Следующее в очереди</translation>
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/models/job_words.py" />
      <source>Next; all workers are busy</source>
      <translation>Следующее; все исполнители заняты</translation>
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/models/job_words.py" />
      <source>Next; waits for «{job}»</source>
      <translation>Следующее; ждёт «{job}»</translation>
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/models/job_words.py" />
      <source>No worker is there to take it</source>
      <translation>Нет ни одного исполнителя</translation>
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/models/job_words.py" />
      <source>Place {place} in line</source>
      <translation>{place}-е место в очереди</translation>
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/models/job_words.py" />
      <source>Place {place}, behind «{job}»</source>
      <translation>{place}-е место, после «{job}»</translation>
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/models/job_words.py" />
      <source>Question list</source>
      <translation>Список вопросов</translation>
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/models/job_words.py" />
      <source>Retraining</source>
      <translation>Переобучение</translation>
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/models/job_words.py" />
      <source>Running</source>
      <translation>Выполняется</translation>
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/models/job_words.py" />
      <source>Training</source>
      <translation>Обучение</translation>
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/models/job_words.py" />
      <source>Uploaded files</source>
      <translation>Загруженные файлы</translation>
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/models/job_words.py" />
      <source>Waiting</source>
      <translation>Ждёт</translation>
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/models/job_words.py" />
      <source>Waits until the worker that had it is given up</source>
      <translation>Ждёт, пока будет списан прежний исполнитель</translation>
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/models/job_words.py" />
      <source>a few seconds</source>
      <translation>несколько секунд</translation>
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/models/job_words.py" />
      <source>{done} of {total}</source>
      <translation>{done} из {total}</translation>
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/models/job_words.py" />
      <source>{done} of {total} files</source>
      <translation>{done} из {total} файлов</translation>
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/models/job_words.py" />
      <source>{h} h {m} min</source>
      <translation>{h} ч {m} мин</translation>
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/models/job_words.py" />
      <source>{low} – {high}</source>
      <translation>{low} – {high}</translation>
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/models/job_words.py" />
      <source>{n} failed</source>
      <translation>с ошибкой: {n}</translation>
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/models/job_words.py" />
      <source>{n} min</source>
      <translation>{n} мин</translation>
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/models/job_words.py" />
      <source>{n} s</source>
      <translation>{n} с</translation>
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/models/jobs.py" />
      <source>Attempt</source>
      <translation>Попытка</translation>
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/models/jobs.py" />
      <source>Duration</source>
      <translation>Длилось</translation>
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/models/jobs.py" />
      <source>Job</source>
      <translation>Задание</translation>
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/models/jobs.py" />
      <source>Owner</source>
      <translation>Владелец</translation>
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/models/jobs.py" />
      <source>Priority</source>
      <translation>Приоритет</translation>
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/models/jobs.py" />
      <source>Progress</source>
      <translation>Готово</translation>
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
      <source>Time left</source>
      <translation>Осталось</translation>
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/models/jobs.py" />
      <source>What is going on</source>
      <translation>Что происходит</translation>
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/panels/queue/controller.py" />
      <source>Active  {n}</source>
      <translation>В работе  {n}</translation>
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/panels/queue/controller.py" />
      <source>Add documents: each training appears here with its progress.</source>
      <translation>Добавьте документы: каждое обучение появится здесь со своим ходом.</translation>
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/panels/queue/controller.py" />
      <source>Cancel</source>
      <translation>Отменить</translation>
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/panels/queue/controller.py" />
      <source>Clear filters</source>
      <translation>Сбросить фильтр</translation>
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/panels/queue/controller.py" />
      <source>Continue</source>
      <translation>Продолжить</translation>
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/panels/queue/controller.py" />
      <source>Download</source>
      <translation>Скачать</translation>
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/panels/queue/controller.py" />
      <source>Finished  {n}</source>
      <translation>Завершённые  {n}</translation>
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/panels/queue/controller.py" />
      <source>Go to the files</source>
      <translation>Перейти к файлам</translation>
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/panels/queue/controller.py" />
      <source>Jobs that have ended stay here with their log and result.</source>
      <translation>Здесь остаются завершённые задания с журналом и результатом.</translation>
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/panels/queue/controller.py" />
      <source>Log</source>
      <translation>Журнал</translation>
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/panels/queue/controller.py" />
      <source>Lower</source>
      <translation>Опустить</translation>
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/panels/queue/controller.py" />
      <source>No finished jobs yet</source>
      <translation>Завершённых заданий пока нет</translation>
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/panels/queue/controller.py" />
      <source>No job fits the filters</source>
      <translation>Под фильтр не подходит ни одно задание</translation>
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/panels/queue/controller.py" />
      <source>Nothing to do</source>
      <translation>Заданий нет</translation>
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/panels/queue/controller.py" />
      <source>Raise</source>
      <translation>Поднять</translation>
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/panels/queue/controller.py" />
      <source>Remove</source>
      <translation>Убрать</translation>
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/panels/queue/controller.py" />
      <source>Retry</source>
      <translation>Повторить</translation>
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/panels/queue/controller.py" />
      <source>Save the result</source>
      <translation>Сохранить результат</translation>
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/panels/queue/controller.py" />
      <source>The queue</source>
      <translation>Очередь</translation>
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/panels/queue/controller.py" />
      <source>Why did this job fail, and what can I do? {error}</source>
      <translation>Почему это задание не удалось и что можно сделать? {error}</translation>
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/panels/queue/controller.py" />
      <source>{running} running · {waiting} waiting</source>
      <translation>выполняется {running} · ждёт {waiting}</translation>
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/panels/queue/failure.py" />
      <source>Ask the model</source>
      <translation>Спросить модель</translation>
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/panels/queue/failure.py" />
      <source>Copy details</source>
      <translation>Копировать подробности</translation>
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/panels/queue/failure.py" />
      <source>Why it failed</source>
      <translation>Почему не удалось</translation>
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/panels/queue/failure.py" />
      <source>«Continue» does only the rest.</source>
      <translation>«Продолжить» выполнит только остальное.</translation>
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/panels/queue/filters.py" />
      <source>30 days</source>
      <translation>30 дней</translation>
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/panels/queue/filters.py" />
      <source>7 days</source>
      <translation>7 дней</translation>
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/panels/queue/filters.py" />
      <source>All owners</source>
      <translation>Все владельцы</translation>
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/panels/queue/filters.py" />
      <source>All states</source>
      <translation>Все состояния</translation>
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/panels/queue/filters.py" />
      <source>All types</source>
      <translation>Все виды</translation>
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/panels/queue/filters.py" />
      <source>Any date</source>
      <translation>Любая дата</translation>
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/panels/queue/filters.py" />
      <source>Saved views</source>
      <translation>Сохранённые виды</translation>
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/panels/queue/filters.py" />
      <source>Today</source>
      <translation>Сегодня</translation>
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/panels/queue/log_window.py" />
      <source>Log — {job}</source>
      <translation>Журнал — {job}</translation>
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/panels/queue/log_window.py" />
      <source>Save the log</source>
      <translation>Сохранить журнал</translation>
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/panels/queue/panel.py" />
      <source>Active and finished jobs</source>
      <translation>Задания в работе и завершённые</translation>
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/panels/queue/panel.py" />
      <source>Active jobs</source>
      <translation>Задания в работе</translation>
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/panels/queue/panel.py" />
      <source>Date</source>
      <translation>Дата</translation>
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/panels/queue/panel.py" />
      <source>Double click a training to open its monitor</source>
      <translation>Двойной щелчок по обучению открывает его монитор</translation>
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/panels/queue/panel.py" />
      <source>Finished jobs</source>
      <translation>Завершённые задания</translation>
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/panels/queue/panel.py" />
      <source>Queue</source>
      <translation>Очередь</translation>
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/panels/queue/panel.py" />
      <source>Save view</source>
      <translation>Сохранить вид</translation>
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/panels/queue/panel.py" />
      <source>Search jobs</source>
      <translation>Поиск заданий</translation>
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/panels/queue/panel.py" />
      <source>Type</source>
      <translation>Вид</translation>
    </message>
  </context>
</TS>
