# SPDX-License-Identifier: MIT
"""Write ``resources/samples``: small documents made for this project, in the forms that people have.

All designations from 900 up are invented, so that nobody takes a sample for a norm in force.
Run once by hand after a change (needs the dev extra): ``python packaging/make_samples.py``.
"""

import os
from pathlib import Path

import docx
import openpyxl
from openpyxl.styles import Font

OUT = Path(__file__).resolve().parent.parent / "resources" / "samples"

SP_OLD = """СВОД ПРАВИЛ
СП 901.1325800.2017

ФУНДАМЕНТЫ МАЛОЭТАЖНЫХ ЗДАНИЙ
Правила проектирования

Дата введения 2017-09-01

1 Область применения
1.1 Настоящий свод правил распространяется на проектирование фундаментов зданий высотой до трёх этажей.
1.2 Свод правил не распространяется на фундаменты на многолетнемёрзлых грунтах.

2 Нормативные ссылки
В настоящем своде правил использованы ссылки на ГОСТ 99001-2020 «Смеси бетонные для фундаментов. Технические условия».

3 Глубина заложения
3.1 Глубину заложения фундамента назначают не менее расчётной глубины промерзания грунта.
3.2 Для неотапливаемых зданий глубину заложения увеличивают на 10 %.

4 Материалы
4.1 Класс бетона по прочности на сжатие принимают не ниже B15.
4.2 Толщина защитного слоя бетона рабочей арматуры должна быть не менее 35 мм при наличии бетонной подготовки.

5 Гидроизоляция
5.1 Вертикальную гидроизоляцию выполняют на высоту не менее 150 мм выше планировочной отметки.
"""

SP_NEW = [
    """СВОД ПРАВИЛ
СП 901.1325800.2023

ФУНДАМЕНТЫ МАЛОЭТАЖНЫХ ЗДАНИЙ
Правила проектирования

Дата введения 2023-06-01
Взамен СП 901.1325800.2017

1 Область применения
1.1 Настоящий свод правил распространяется на проектирование
фундаментов жилых и общественных зданий высотой до трёх этажей.
1.2 Свод правил не распространяется на фундаменты на
многолетнемёрзлых грунтах и в районах сейсмичностью более 8 баллов.

2 Нормативные ссылки
ГОСТ 99001-2020 Смеси бетонные для фундаментов. Технические условия

3 Термины и определения
3.1 глубина заложения фундамента: Расстояние от планировочной
отметки до подошвы фундамента.
3.2 бетонная подготовка: Слой тощего бетона под подошвой
фундамента, выравнивающий основание.""",
    """СП 901.1325800.2023

4 Глубина заложения
4.1 Глубину заложения фундамента назначают не менее расчётной
глубины промерзания грунта, умноженной на коэффициент 1,1.
4.2 Для неотапливаемых зданий глубину заложения увеличивают на 15 %.

5 Материалы
5.1 Класс бетона по прочности на сжатие принимают не ниже B20,
марку по морозостойкости — не ниже F150.
5.2 Толщина защитного слоя бетона рабочей арматуры должна быть
не менее 40 мм при наличии бетонной подготовки и не менее 70 мм
при её отсутствии.

6 Гидроизоляция
6.1 Вертикальную гидроизоляцию выполняют на высоту не менее 300 мм
выше планировочной отметки.
6.2 Горизонтальную гидроизоляцию укладывают по выровненной
поверхности цоколя в два слоя.""",
]

SNIP = """СТРОИТЕЛЬНЫЕ НОРМЫ И ПРАВИЛА
СНиП 9.01-85

ОРГАНИЗАЦИЯ РАБОТ НА ПЛОЩАДКЕ

Дата введения 1986-01-01

1 Общие положения
1.1 До начала основных работ выполняют ограждение площадки, временные дороги и освещение.
1.2 Высота защитно-охранного ограждения должна быть не менее 1,6 м.

2 Складирование
2.1 Кирпич на поддонах складируют не более чем в два яруса.
2.2 Проходы между штабелями оставляют шириной не менее 1 м.

3 Работы в зимнее время
3.1 Бетонирование при температуре воздуха ниже минус 15 °С допускается только с прогревом.
3.2 Прочность бетона к моменту замерзания должна быть не менее 40 % проектной.
"""

GOST_HTML = """<!DOCTYPE html>
<html lang="ru"><head><meta charset="utf-8"><title>ГОСТ 99001-2020</title>
<script>document.title = "скрипт не должен попасть в текст";</script></head>
<body><nav><a href="/">Главная</a> <a href="/catalog">Каталог</a></nav>
<h1>ГОСТ 99001-2020</h1>
<h2>Смеси бетонные для фундаментов. Технические условия</h2>
<p>Дата введения 2021-01-01</p>
<h3>1 Область применения</h3>
<p>1.1 Настоящий стандарт распространяется на бетонные смеси, предназначенные для монолитных фундаментов.</p>
<h3>2 Термины и определения</h3>
<dl><dt>удобоукладываемость</dt><dd>Способность бетонной смеси заполнять форму под действием собственного веса.</dd>
<dt>водоотделение</dt><dd>Выделение воды на поверхности уложенной смеси.</dd></dl>
<h3>3 Технические требования</h3>
<p>3.1 Марка смеси по удобоукладываемости для густоармированных фундаментов должна быть не ниже П4.</p>
<p>3.2 Водоотделение смеси не должно превышать 0,8 %.</p>
<p>3.3 Время от приготовления смеси до укладки не должно превышать 90 минут.</p>
<table><caption>Таблица 1 — Температура смеси</caption>
<tr><th>Температура воздуха, °С</th><th>Температура смеси, °С</th></tr>
<tr><td>выше 25</td><td>не более 30</td></tr>
<tr><td>от 5 до 25</td><td>от 10 до 25</td></tr>
<tr><td>ниже 5</td><td>не менее 15</td></tr></table>
</body></html>
"""

ROOF_HTML = """<html><head><title>ГОСТ Р 99012-2021</title></head><body>
<h1>ГОСТ Р 99012-2021</h1><h2>Кровли плоские. Приёмка работ</h2>
<p>1 Область применения</p><p>1.1 Стандарт устанавливает порядок приёмки плоских кровель с рулонным ковром.</p>
<p>2 Приёмка</p><p>2.1 Уклон кровли к воронкам должен быть не менее 1,5 %.</p>
<p>2.2 Отслоение рулонного ковра от основания не допускается. Проверку проводят пробным отрывом в трёх местах
на каждые 500 м² кровли.</p></body></html>
"""

GUIDE_MD = """# Site safety guide BG-901:2022

Short rules for everybody who enters the site of a low-rise building.

## 1 Scope

1.1 This guide applies to construction sites of buildings up to three storeys.

## 2 Excavations

2.1 The walls of a trench deeper than 1.25 m shall be supported or sloped.
2.2 Excavated soil shall be stored at least 0.5 m away from the edge of the trench.

## 3 Work at height

3.1 Guard rails shall be at least 1.1 m high.
3.2 A full body harness is required wherever guard rails cannot be installed.
"""

CURING_TXT = """TECHNICAL SPECIFICATION TS 99020:2021

CURING OF CONCRETE FOUNDATIONS

1 Scope
1.1 This specification covers the curing of cast-in-place concrete foundations.

2 Curing period
2.1 The surface of the concrete shall be kept moist for at least 7 days.
2.2 At air temperatures below 5 degrees Celsius the curing period shall be extended to 14 days.

3 Records
3.1 The temperature of the concrete shall be recorded every 4 hours during the first 3 days.
"""

MINUTES_MD = """# Протокол совещания № 14 от 12.03.2024

Объект: жилой дом на три секции, ул. Полевая, 7.

## Решили

1. Подрядчику представить исполнительную схему котлована до 15.03.2024.
2. Марку бетона фундаментной плиты уточнить по СП 901.1325800.2023, п. 5.1.
3. Водопонижение вести до обратной засыпки пазух; насосы дежурят круглосуточно.

Ответственный: начальник участка Громов И. П.
"""

MATERIALS_CSV = """Код;Наименование;Ед. изм.;Количество;Цена, руб.
01.7.15.03;Болты анкерные М24;кг;420;185,50
04.1.02.05;Смесь бетонная B20 F150 П4;м3;86,4;6900,00
08.4.03.03;Сталь арматурная A500С диаметр 12 мм;т;7,2;61200,00
12.1.02.06;Материал рулонный гидроизоляционный;м2;540;312,00
"""

LETTER = [
    ("h", "Письмо № 57/24 от 20.02.2024"),
    ("p", "Генеральному директору ООО «Фундамент-Проект» Ершову А. В."),
    ("p", "О толщине защитного слоя бетона фундаментной плиты"),
    (
        "p",
        "На ваш запрос от 12.02.2024 сообщаем. Толщину защитного слоя рабочей арматуры фундаментной плиты "
        "следует принимать по пункту 5.2 СП 901.1325800.2023: 40 мм при наличии бетонной подготовки.",
    ),
    ("p", "Ранее согласованное значение 35 мм по СП 901.1325800.2017 применению не подлежит."),
    ("p", "Приложение: ведомость арматуры на 2 листах."),
    ("p", "Главный инженер проекта Л. С. Назарова"),
]

ESTIMATE = [
    ("№", "Обоснование", "Наименование работ", "Ед. изм.", "Кол-во", "Цена, руб.", "Сумма, руб."),
    (
        1,
        "ФЕР01-01-003-07",
        "Разработка грунта экскаватором в отвал, группа грунтов 1",
        "1000 м3",
        1.25,
        4120.5,
        5150.63,
    ),
    (2, "ФЕР08-02-001-01", "Кладка стен наружных простых из кирпича", "м3", 142, 1180.3, 167602.6),
    (
        3,
        "ФЕР06-01-001-16",
        "Устройство фундаментных плит железобетонных плоских",
        "100 м3",
        0.864,
        13890,
        12000.96,
    ),
    (
        4,
        "ФЕР08-01-003-07",
        "Гидроизоляция боковая обмазочная битумная в 2 слоя",
        "100 м2",
        5.4,
        1230.9,
        6646.86,
    ),
]


def pdf(path: Path, pages: list[str]) -> None:
    """A PDF with real text, one string a page."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    from PySide6.QtCore import QMarginsF, QRectF, Qt
    from PySide6.QtGui import QFont, QGuiApplication, QPageLayout, QPageSize, QPainter, QPdfWriter

    _app = QGuiApplication.instance() or QGuiApplication([])
    writer = QPdfWriter(str(path))
    writer.setPageLayout(
        QPageLayout(
            QPageSize(QPageSize.PageSizeId.A4), QPageLayout.Orientation.Portrait, QMarginsF(20, 18, 20, 18)
        )
    )
    writer.setResolution(144)
    writer.setTitle("СП 901.1325800.2023")
    painter = QPainter(writer)
    painter.setFont(QFont("DejaVu Sans", 11))
    for number, text in enumerate(pages):
        if number:
            writer.newPage()
        area = QRectF(0, 0, writer.width(), writer.height())
        painter.drawText(area, Qt.TextFlag.TextWordWrap, text)
        painter.drawText(area, Qt.AlignmentFlag.AlignBottom | Qt.AlignmentFlag.AlignRight, str(number + 1))
    painter.end()


def letter(path: Path) -> None:
    """A DOCX with headings and paragraphs."""
    document = docx.Document()
    for style, text in LETTER:
        if style == "h":
            document.add_heading(text, level=1)
        else:
            document.add_paragraph(text)
    document.save(str(path))


def estimate(path: Path) -> None:
    """An XLSX with two sheets, a formula among the values."""
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = "Смета"
    sheet.append(("Локальная смета № 02-01", *[None] * 6))
    sheet.append(())
    for row in ESTIMATE:
        sheet.append(row)
    for cell in sheet[3]:
        cell.font = Font(bold=True)
    sheet.column_dimensions["C"].width = 60
    second = book.create_sheet("Итоги")
    second.append(("Статья", "Сумма, руб."))
    second.append(("Прямые затраты", 191401.05))
    second.append(("Накладные расходы", 22968.13))
    second.append(("Сметная прибыль", 15312.08))
    book.save(str(path))


def main() -> None:
    """Write all of them."""
    norms, project = OUT / "Нормы", OUT / "Объект Полевая 7"
    english = OUT / "English"
    for folder in (norms, project, english):
        folder.mkdir(parents=True, exist_ok=True)
    (norms / "СП 901.1325800.2017 Фундаменты.txt").write_text(SP_OLD, encoding="utf-8")
    pdf(norms / "СП 901.1325800.2023 Фундаменты.pdf", SP_NEW)
    (norms / "СНиП 9.01-85 Организация работ.txt").write_bytes(SNIP.encode("cp1251"))
    (norms / "ГОСТ 99001-2020 Смеси бетонные.html").write_text(GOST_HTML, encoding="utf-8")
    (norms / "ГОСТ Р 99012-2021 Кровли.pdf").write_text(ROOF_HTML, encoding="utf-8")
    letter(project / "Письмо 57-24 о защитном слое.docx")
    estimate(project / "Смета 02-01 Фундаменты.xlsx")
    (project / "Протокол 14.md").write_text(MINUTES_MD, encoding="utf-8")
    (project / "Материалы.csv").write_text(MATERIALS_CSV, encoding="utf-8-sig")
    (english / "BG-901 Site safety guide.md").write_text(GUIDE_MD, encoding="utf-8")
    (english / "TS 99020 Curing of concrete.txt").write_text(CURING_TXT, encoding="utf-8")
    table = [
        "Material,Strength class,Frost class,Cover mm",
        "Foundation slab,B20,F150,40",
        "Plinth wall,B25,F200,30",
    ]
    (english / "Concrete schedule.csv").write_text("\n".join(table) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
