<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="ru" sourcelanguage="en">
  <context>
    <name>monitor</name>
    <message numerus="yes">
      <location filename="../../bldr_desktop/ui/log_words.py" />
      <source>%n chunk(s)</source>
      <translation>
        <numerusform>%n фрагмент</numerusform>
        <numerusform>%n фрагмента</numerusform>
        <numerusform>%n фрагментов</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <location filename="../../bldr_desktop/ui/log_words.py" />
      <source>%n page(s)</source>
      <translation>
        <numerusform>%n страница</numerusform>
        <numerusform>%n страницы</numerusform>
        <numerusform>%n страниц</numerusform>
      </translation>
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/log_words.py" />
      <source>Finished: {n} of {m} files, new: {chunks}.</source>
      <translation>Готово файлов: {n} из {m}, новое: {chunks}.</translation>
    </message>
    <message numerus="yes">
      <location filename="../../bldr_desktop/ui/log_words.py" />
      <source>Found: %n file(s).</source>
      <translation>
        <numerusform>Найден %n файл.</numerusform>
        <numerusform>Найдено %n файла.</numerusform>
        <numerusform>Найдено %n файлов.</numerusform>
      </translation>
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/log_words.py" />
      <source>Goes on from the last finished file.</source>
      <translation>Продолжение с последнего готового файла.</translation>
    </message>
    <message numerus="yes">
      <location filename="../../bldr_desktop/ui/log_words.py" />
      <source>Left undone: %n file(s).</source>
      <translation>
        <numerusform>Не обработан %n файл.</numerusform>
        <numerusform>Не обработано %n файла.</numerusform>
        <numerusform>Не обработано %n файлов.</numerusform>
      </translation>
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/log_words.py" />
      <source>Stopped: {n} of {m} files are kept.</source>
      <translation>Остановлено: сохранено файлов: {n} из {m}.</translation>
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/log_words.py" />
      <source>The connection was away; this server does not tell what was said meanwhile.</source>
      <translation>Связи не было; этот сервер не сообщает, что происходило за это время.</translation>
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/log_words.py" />
      <source>The training had begun before; this server does not tell what was before.</source>
      <translation>Обучение началось раньше; этот сервер не сообщает, что было до этого.</translation>
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/log_words.py" />
      <source>{name}: left out, it is disabled.</source>
      <translation>{name}: пропущен, документ отключён.</translation>
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/log_words.py" />
      <source>{name}: left out, it made its reader die before.</source>
      <translation>{name}: пропущен, раньше его чтение завершалось сбоем.</translation>
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/log_words.py" />
      <source>{name}: unchanged, searchable: {chunks}.</source>
      <translation>{name}: без изменений, доступно для поиска: {chunks}.</translation>
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/log_words.py" />
      <source>{name}: {pages}, {chunks}, {seconds} s.</source>
      <translation>{name}: {pages}, {chunks}, {seconds} с.</translation>
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/log_words.py" />
      <source>{name}: {reason}.</source>
      <translation>{name}: {reason}.</translation>
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/log_words.py" />
      <source>{name}: {reason}. Attempt {n} follows.</source>
      <translation>{name}: {reason}. Будет попытка {n}.</translation>
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/log_words.py" />
      <source>{n} of {m} files failed. The list of files says why for each.</source>
      <translation>Не удалось файлов: {n} из {m}. Причина каждого указана в списке файлов.</translation>
    </message>
    <message numerus="yes">
      <location filename="../../bldr_desktop/ui/monitor/attention.py" />
      <source>%n failed</source>
      <translation>
        <numerusform>%n с ошибкой</numerusform>
        <numerusform>%n с ошибкой</numerusform>
        <numerusform>%n с ошибкой</numerusform>
      </translation>
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/monitor/attention.py" />
      <source>Training failed: {name}</source>
      <translation>Обучение не удалось: {name}</translation>
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/monitor/attention.py" />
      <source>Training finished: {name}</source>
      <translation>Обучение завершено: {name}</translation>
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/monitor/attention.py" />
      <source>Training interrupted: {name}</source>
      <translation>Обучение прервано: {name}</translation>
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/monitor/attention.py" />
      <source>Training stopped: {name}</source>
      <translation>Обучение остановлено: {name}</translation>
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/monitor/attention.py" />
      <source>{n} of {m} files are searchable</source>
      <translation>Доступно для поиска: {n} из {m}</translation>
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/monitor/controller.py" />
      <source>Add documents on the File Manager panel and press Train.</source>
      <translation>Добавьте документы на панели «Файлы» и нажмите «Обучить».</translation>
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/monitor/controller.py" />
      <source>Lines come when the training begins.</source>
      <translation>Строки появятся, когда начнётся обучение.</translation>
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/monitor/controller.py" />
      <source>No training yet</source>
      <translation>Обучения ещё не было</translation>
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/monitor/controller.py" />
      <source>Run history</source>
      <translation>История обучений</translation>
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/monitor/curves.py" />
      <source>Chunks a second</source>
      <translation>Фрагментов в секунду</translation>
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/monitor/curves.py" />
      <source>Curves</source>
      <translation>Графики</translation>
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/monitor/curves.py" />
      <source>Engine CPU, %</source>
      <translation>Процессор сервера, %</translation>
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/monitor/curves.py" />
      <source>Engine memory, MB</source>
      <translation>Память сервера, МБ</translation>
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/monitor/curves.py" />
      <source>Files a minute</source>
      <translation>Файлов в минуту</translation>
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/monitor/curves.py" />
      <source>Files still waiting</source>
      <translation>Файлов в очереди</translation>
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/monitor/curves.py" />
      <source>Megabytes a second</source>
      <translation>Мегабайт в секунду</translation>
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/monitor/curves.py" />
      <source>Not smoothed</source>
      <translation>Без сглаживания</translation>
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/monitor/curves.py" />
      <source>Save as a picture…</source>
      <translation>Сохранить как рисунок…</translation>
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/monitor/curves.py" />
      <source>Save the numbers as CSV…</source>
      <translation>Сохранить числа в CSV…</translation>
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/monitor/curves.py" />
      <source>Show the whole curve</source>
      <translation>Показать график целиком</translation>
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/monitor/curves.py" />
      <source>Smooth: {n} s</source>
      <translation>Сглаживание: {n} с</translation>
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/monitor/curves.py" />
      <source>Smoothing</source>
      <translation>Сглаживание</translation>
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/monitor/curves.py" />
      <source>The curve begins with the first finished files.</source>
      <translation>График начнётся с первых готовых файлов.</translation>
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/monitor/curves.py" />
      <source>What the curve shows</source>
      <translation>Что показывает график</translation>
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/monitor/curves.py" />
      <source>seconds of the run</source>
      <translation>секунды от начала</translation>
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/monitor/head.py" />
      <source>Chunks</source>
      <translation>Фрагменты</translation>
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/monitor/head.py" />
      <source>Connection</source>
      <translation>Связь</translation>
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/monitor/head.py" />
      <source>Elapsed</source>
      <translation>Прошло</translation>
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/monitor/head.py" />
      <source>Files</source>
      <translation>Файлы</translation>
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/monitor/head.py" />
      <source>Keep on top</source>
      <translation>Поверх других окон</translation>
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/monitor/head.py" />
      <source>Meanwhile the state is asked for every 10 s. Click to try now.</source>
      <translation>Пока состояние запрашивается каждые 10 с. Нажмите, чтобы подключиться сейчас.</translation>
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/monitor/head.py" />
      <source>Progress</source>
      <translation>Ход обучения</translation>
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/monitor/head.py" />
      <source>Read</source>
      <translation>Прочитано</translation>
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/monitor/head.py" />
      <source>State</source>
      <translation>Состояние</translation>
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/monitor/head.py" />
      <source>Time left</source>
      <translation>Осталось</translation>
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/monitor/head.py" />
      <source>Which run</source>
      <translation>Какое обучение</translation>
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/monitor/head.py" />
      <source>{n} of {m}</source>
      <translation>{n} из {m}</translation>
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/monitor/history.py" />
      <source>Change</source>
      <translation>Изменение</translation>
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/monitor/history.py" />
      <source>Choose two runs to compare them; double-click one to open it.</source>
      <translation>Выделите два обучения, чтобы сравнить их; двойной щелчок открывает одно.</translation>
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/monitor/history.py" />
      <source>Every training is listed here.</source>
      <translation>Здесь перечислены все обучения.</translation>
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/monitor/history.py" />
      <source>Figure</source>
      <translation>Показатель</translation>
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/monitor/history.py" />
      <source>Files done</source>
      <translation>Готово файлов</translation>
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/monitor/history.py" />
      <source>Files failed</source>
      <translation>Файлов с ошибкой</translation>
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/monitor/history.py" />
      <source>Name</source>
      <translation>Название</translation>
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/monitor/history.py" />
      <source>No runs yet</source>
      <translation>Обучений ещё не было</translation>
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/monitor/history.py" />
      <source>Read a second</source>
      <translation>Чтение в секунду</translation>
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/monitor/history.py" />
      <source>Runs of before</source>
      <translation>Прошлые обучения</translation>
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/monitor/history.py" />
      <source>Started</source>
      <translation>Начато</translation>
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/monitor/history.py" />
      <source>Time</source>
      <translation>Время</translation>
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/monitor/history.py" />
      <source>Two runs compared</source>
      <translation>Сравнение двух обучений</translation>
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/monitor/problems.py" />
      <source>File</source>
      <translation>Файл</translation>
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/monitor/problems.py" />
      <source>Files with problems</source>
      <translation>Проблемные файлы</translation>
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/monitor/problems.py" />
      <source>Reason</source>
      <translation>Причина</translation>
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/monitor/problems.py" />
      <source>Stage</source>
      <translation>Этап</translation>
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/monitor/report.py" />
      <source>Of them unchanged</source>
      <translation>Из них без изменений</translation>
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/monitor/report.py" />
      <source>Pages</source>
      <translation>Страницы</translation>
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/monitor/report.py" />
      <source>Report</source>
      <translation>Отчёт</translation>
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/monitor/report.py" />
      <source>Slowest files</source>
      <translation>Самые долгие файлы</translation>
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/monitor/report.py" />
      <source>Stop asked at {asked}, stopped at {stopped}. {kept} of {total} files are kept and searchable.</source>
      <translation>Остановка запрошена в {asked}, остановлено в {stopped}. Сохранено и доступно для поиска файлов: {kept} из {total}.</translation>
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/monitor/report.py" />
      <source>The run goes on; this is how it stands now.</source>
      <translation>Обучение продолжается; так обстоит дело сейчас.</translation>
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/monitor/report.py" />
      <source>Where the time went</source>
      <translation>На что ушло время</translation>
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/monitor/saving.py" />
      <source>Save as</source>
      <translation>Сохранить как</translation>
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/monitor/saving.py" />
      <source>Saved: {name}</source>
      <translation>Сохранено: {name}</translation>
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/monitor/saving.py" />
      <source>the file cannot be written there</source>
      <translation>туда нельзя записать файл</translation>
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/monitor/saving.py" />
      <source>{name} could not be saved: {reason}</source>
      <translation>Не удалось сохранить {name}: {reason}</translation>
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/monitor/stages.py" />
      <source>Share</source>
      <translation>Доля</translation>
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/monitor/stages.py" />
      <source>Stages and their times</source>
      <translation>Этапы и их время</translation>
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/monitor/texts.py" />
      <source>Chunking</source>
      <translation>Нарезка</translation>
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/monitor/texts.py" />
      <source>Connected</source>
      <translation>На связи</translation>
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/monitor/texts.py" />
      <source>Connecting…</source>
      <translation>Подключение…</translation>
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/monitor/texts.py" />
      <source>Done</source>
      <translation>Готово</translation>
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/monitor/texts.py" />
      <source>Error</source>
      <translation>Ошибка</translation>
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/monitor/texts.py" />
      <source>Failed</source>
      <translation>Ошибка</translation>
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/monitor/texts.py" />
      <source>Finding clauses</source>
      <translation>Поиск пунктов</translation>
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/monitor/texts.py" />
      <source>Finding files</source>
      <translation>Поиск файлов</translation>
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/monitor/texts.py" />
      <source>Finished</source>
      <translation>Завершено</translation>
    </message>
    <message numerus="yes">
      <location filename="../../bldr_desktop/ui/monitor/texts.py" />
      <source>Finished, %n failed</source>
      <translation>
        <numerusform>Завершено, %n с ошибкой</numerusform>
        <numerusform>Завершено, %n с ошибкой</numerusform>
        <numerusform>Завершено, %n с ошибкой</numerusform>
      </translation>
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/monitor/texts.py" />
      <source>In work</source>
      <translation>В работе</translation>
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/monitor/texts.py" />
      <source>Indexing</source>
      <translation>Индексация</translation>
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/monitor/texts.py" />
      <source>Interrupted</source>
      <translation>Прервано</translation>
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/monitor/texts.py" />
      <source>No heartbeat for {ago}</source>
      <translation>Нет сигнала {ago}</translation>
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/monitor/texts.py" />
      <source>No server of this name was found.</source>
      <translation>Сервер с таким именем не найден.</translation>
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/monitor/texts.py" />
      <source>No text</source>
      <translation>Нет текста</translation>
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/monitor/texts.py" />
      <source>Not found</source>
      <translation>Не найден</translation>
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/monitor/texts.py" />
      <source>Not known now: the server is not heard</source>
      <translation>Сейчас неизвестно: сервер не отвечает</translation>
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/monitor/texts.py" />
      <source>Nothing answers at the server's address.</source>
      <translation>По адресу сервера никто не отвечает.</translation>
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/monitor/texts.py" />
      <source>Offline</source>
      <translation>Нет связи</translation>
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/monitor/texts.py" />
      <source>Reading text</source>
      <translation>Чтение текста</translation>
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/monitor/texts.py" />
      <source>Recognising type</source>
      <translation>Тип файла</translation>
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/monitor/texts.py" />
      <source>Reconnecting in {n} s</source>
      <translation>Подключение через {n} с</translation>
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/monitor/texts.py" />
      <source>Reconnecting…</source>
      <translation>Подключение…</translation>
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/monitor/texts.py" />
      <source>Running</source>
      <translation>Идёт</translation>
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/monitor/texts.py" />
      <source>Searchable</source>
      <translation>Доступен для поиска</translation>
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/monitor/texts.py" />
      <source>Set aside</source>
      <translation>Отложен</translation>
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/monitor/texts.py" />
      <source>Sign-in needed</source>
      <translation>Нужен вход</translation>
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/monitor/texts.py" />
      <source>Skipped</source>
      <translation>Пропущен</translation>
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/monitor/texts.py" />
      <source>Slow: no progress for {ago}, but it is alive</source>
      <translation>Медленно: {ago} без продвижения, но работает</translation>
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/monitor/texts.py" />
      <source>Stopped</source>
      <translation>Остановлено</translation>
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/monitor/texts.py" />
      <source>Stopping…</source>
      <translation>Останавливается…</translation>
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/monitor/texts.py" />
      <source>The computer was asleep.</source>
      <translation>Компьютер спал.</translation>
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/monitor/texts.py" />
      <source>The connection was lost.</source>
      <translation>Связь прервалась.</translation>
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/monitor/texts.py" />
      <source>The network has changed.</source>
      <translation>Сеть изменилась.</translation>
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/monitor/texts.py" />
      <source>The server closed the connection.</source>
      <translation>Сервер закрыл соединение.</translation>
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/monitor/texts.py" />
      <source>The server did not answer in time.</source>
      <translation>Сервер не ответил вовремя.</translation>
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/monitor/texts.py" />
      <source>The server does not accept the sign-in any more.</source>
      <translation>Сервер больше не принимает этот вход.</translation>
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/monitor/texts.py" />
      <source>The server fell silent.</source>
      <translation>Сервер замолчал.</translation>
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/monitor/texts.py" />
      <source>The server has too many connections now.</source>
      <translation>У сервера сейчас слишком много подключений.</translation>
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/monitor/texts.py" />
      <source>The server refuses this connection.</source>
      <translation>Сервер отказывает в подключении.</translation>
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/monitor/texts.py" />
      <source>The server's certificate is not trusted.</source>
      <translation>Сертификату сервера нет доверия.</translation>
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/monitor/texts.py" />
      <source>Training</source>
      <translation>Обучение</translation>
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/monitor/texts.py" />
      <source>Training of {time}</source>
      <translation>Обучение от {time}</translation>
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/monitor/texts.py" />
      <source>Unchanged</source>
      <translation>Без изменений</translation>
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/monitor/texts.py" />
      <source>Unknown</source>
      <translation>Неизвестно</translation>
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/monitor/texts.py" />
      <source>Unknown since {time}</source>
      <translation>Неизвестно с {time}</translation>
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/monitor/texts.py" />
      <source>Verifying</source>
      <translation>Проверка</translation>
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/monitor/texts.py" />
      <source>Waiting</source>
      <translation>Ожидает</translation>
    </message>
    <message numerus="yes">
      <location filename="../../bldr_desktop/ui/monitor/texts.py" />
      <source>Waiting behind %n job(s)</source>
      <translation>
        <numerusform>Ожидает: впереди %n задание</numerusform>
        <numerusform>Ожидает: впереди %n задания</numerusform>
        <numerusform>Ожидает: впереди %n заданий</numerusform>
      </translation>
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/monitor/texts.py" />
      <source>Waiting for its turn</source>
      <translation>Ожидает своей очереди</translation>
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/monitor/texts.py" />
      <source>Waiting: no worker is running</source>
      <translation>Ожидает: нет работающего обработчика</translation>
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/monitor/texts.py" />
      <source>Waiting: the worker is busy with “{name}”</source>
      <translation>Ожидает: сейчас обрабатывается «{name}»</translation>
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/monitor/texts.py" />
      <source>What answers there is no Bldr server.</source>
      <translation>Там отвечает не сервер Bldr.</translation>
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/monitor/texts.py" />
      <source>Working</source>
      <translation>Работает</translation>
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/monitor/texts.py" />
      <source>Working · last event {ago} ago</source>
      <translation>Работает · последнее событие {ago} назад</translation>
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/monitor/texts.py" />
      <source>a few seconds left</source>
      <translation>несколько секунд</translation>
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/monitor/texts.py" />
      <source>about {time} left</source>
      <translation>около {time}</translation>
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/monitor/texts.py" />
      <source>up to {time} left</source>
      <translation>до {time}</translation>
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/monitor/texts.py" />
      <source>{h} h {m} min</source>
      <translation>{h} ч {m} мин</translation>
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/monitor/texts.py" />
      <source>{low} – {high} left</source>
      <translation>{low} – {high}</translation>
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/monitor/texts.py" />
      <source>{low}–{high} min left</source>
      <translation>{low}–{high} мин</translation>
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/monitor/texts.py" />
      <source>{low}–{high} s left</source>
      <translation>{low}–{high} с</translation>
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/monitor/texts.py" />
      <source>{m} min {s} s</source>
      <translation>{m} мин {s} с</translation>
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/monitor/texts.py" />
      <source>{n} min</source>
      <translation>{n} мин</translation>
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/monitor/texts.py" />
      <source>{n} ms</source>
      <translation>{n} мс</translation>
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/monitor/texts.py" />
      <source>{n} s</source>
      <translation>{n} с</translation>
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/monitor/window.py" />
      <source>CPU {n} %</source>
      <translation>ЦП {n} %</translation>
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/monitor/window.py" />
      <source>Continue with the rest</source>
      <translation>Продолжить с остальными</translation>
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/monitor/window.py" />
      <source>Engine</source>
      <translation>Сервер</translation>
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/monitor/window.py" />
      <source>History</source>
      <translation>История</translation>
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/monitor/window.py" />
      <source>Log</source>
      <translation>Журнал</translation>
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/monitor/window.py" />
      <source>Log, problems, curves, report</source>
      <translation>Журнал, проблемы, графики, отчёт</translation>
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/monitor/window.py" />
      <source>Problems</source>
      <translation>Проблемы</translation>
    </message>
    <message numerus="yes">
      <location filename="../../bldr_desktop/ui/monitor/window.py" />
      <source>Retry %n failed</source>
      <translation>
        <numerusform>Повторить %n с ошибкой</numerusform>
        <numerusform>Повторить %n с ошибкой</numerusform>
        <numerusform>Повторить %n с ошибкой</numerusform>
      </translation>
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/monitor/window.py" />
      <source>Save report…</source>
      <translation>Сохранить отчёт…</translation>
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/monitor/window.py" />
      <source>Stop</source>
      <translation>Остановить</translation>
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/monitor/window.py" />
      <source>What is finished stays searchable.</source>
      <translation>Готовое останется доступным для поиска.</translation>
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/monitor/window.py" />
      <source>Where the time goes</source>
      <translation>На что уходит время</translation>
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/monitor/window.py" />
      <source>{n} free</source>
      <translation>свободно {n}</translation>
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/monitor/window.py" />
      <source>{n} of {all} readers busy</source>
      <translation>занято читателей: {n} из {all}</translation>
    </message>
    <message numerus="yes">
      <location filename="../../bldr_desktop/ui/widgets/log_pane.py" />
      <source>%n hit(s)</source>
      <translation>
        <numerusform>%n совпадение</numerusform>
        <numerusform>%n совпадения</numerusform>
        <numerusform>%n совпадений</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <location filename="../../bldr_desktop/ui/widgets/log_pane.py" />
      <source>%n line(s)</source>
      <translation>
        <numerusform>%n строка</numerusform>
        <numerusform>%n строки</numerusform>
        <numerusform>%n строк</numerusform>
      </translation>
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/widgets/log_pane.py" />
      <source>All levels</source>
      <translation>Все уровни</translation>
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/widgets/log_pane.py" />
      <source>Copy the selected lines</source>
      <translation>Копировать выделенные строки</translation>
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/widgets/log_pane.py" />
      <source>Errors only</source>
      <translation>Только ошибки</translation>
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/widgets/log_pane.py" />
      <source>Follow the newest line</source>
      <translation>Следить за новыми строками</translation>
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/widgets/log_pane.py" />
      <source>Lowest level shown</source>
      <translation>Наименьший уровень</translation>
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/widgets/log_pane.py" />
      <source>Next hit</source>
      <translation>Следующее совпадение</translation>
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/widgets/log_pane.py" />
      <source>Previous hit</source>
      <translation>Предыдущее совпадение</translation>
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/widgets/log_pane.py" />
      <source>Save the log…</source>
      <translation>Сохранить журнал…</translation>
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/widgets/log_pane.py" />
      <source>Search the whole log</source>
      <translation>Искать во всём журнале</translation>
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/widgets/log_pane.py" />
      <source>The log is not kept any more: {reason}</source>
      <translation>Журнал больше не ведётся: {reason}</translation>
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/widgets/log_pane.py" />
      <source>The whole line</source>
      <translation>Строка целиком</translation>
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/widgets/log_pane.py" />
      <source>Typewriter letters</source>
      <translation>Моноширинный шрифт</translation>
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/widgets/log_pane.py" />
      <source>Warnings and errors</source>
      <translation>Предупреждения и ошибки</translation>
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/widgets/log_pane.py" />
      <source>Without details</source>
      <translation>Без подробностей</translation>
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/widgets/log_pane.py" />
      <source>no hits</source>
      <translation>нет совпадений</translation>
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/widgets/log_pane.py" />
      <source>older lines are being read…</source>
      <translation>более ранние строки загружаются…</translation>
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/widgets/log_pane.py" />
      <source>older lines could not be read: {reason}</source>
      <translation>более ранние строки не удалось прочитать: {reason}</translation>
    </message>
    <message>
      <location filename="../../bldr_desktop/ui/widgets/log_pane.py" />
      <source>the engine no longer keeps older lines</source>
      <translation>движок больше не хранит более ранние строки</translation>
    </message>
  </context>
</TS>
