"""Bar charts over a few cells: each tells its numbers by itself, and what it is, in words."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from actionplan.excel.reading.bounds import column_letters
from actionplan.excel.streaming.cells import escape
from actionplan.excel.streaming.parts import OFFICE, XML, quoted

DRAWING: Final = "http://schemas.openxmlformats.org/drawingml/2006"
# Dark and light, with a border: they can be told apart in grey as well.
COLOURS: Final = ("1F4E79", "9DC3E6", "C55A11", "F4B183")


@dataclass(frozen=True, slots=True)
class Series:
    """A row of bars: its name and a number for each of the chart's categories."""

    name: str
    values: Sequence[int]


@dataclass(frozen=True, slots=True)
class BarChart:
    """A stacked bar chart. Its numbers stand as a small table on the page that it lies on."""

    title: str
    categories: Sequence[str]
    series: Sequence[Series]

    @property
    def grid(self) -> list[list[object]]:
        """The table: a head, and a row for each category."""
        head: list[object] = ["", *(series.name for series in self.series)]
        rows = zip(self.categories, *(series.values for series in self.series), strict=True)
        return [head, *([*row] for row in rows)]


def chart_xml(chart: BarChart, sheet: str, top: int) -> bytes:
    """Write a chart whose table begins in column A with its head on row `top`."""
    series = "".join(_series(chart, at, sheet, top) for at in range(len(chart.series)))
    return (
        f'{XML}<c:chartSpace xmlns:c="{DRAWING}/chart" xmlns:a="{DRAWING}/main"'
        f' xmlns:r="{OFFICE}"><c:roundedCorners val="0"/><c:chart>{_title(chart.title)}'
        '<c:autoTitleDeleted val="0"/><c:plotArea><c:layout/><c:barChart>'
        '<c:barDir val="bar"/><c:grouping val="stacked"/><c:varyColors val="0"/>'
        f'{series}<c:gapWidth val="60"/><c:overlap val="100"/>'
        '<c:axId val="1001"/><c:axId val="1002"/></c:barChart>'
        '<c:catAx><c:axId val="1001"/><c:scaling><c:orientation val="maxMin"/></c:scaling>'
        '<c:delete val="0"/><c:axPos val="l"/><c:numFmt formatCode="General" sourceLinked="0"/>'
        '<c:majorTickMark val="none"/><c:minorTickMark val="none"/><c:tickLblPos val="nextTo"/>'
        '<c:crossAx val="1002"/><c:crosses val="autoZero"/></c:catAx>'
        '<c:valAx><c:axId val="1002"/><c:scaling><c:orientation val="minMax"/><c:min val="0"/>'
        '</c:scaling><c:delete val="0"/><c:axPos val="b"/><c:majorGridlines/>'
        '<c:numFmt formatCode="0" sourceLinked="0"/><c:majorTickMark val="out"/>'
        '<c:minorTickMark val="none"/><c:tickLblPos val="nextTo"/><c:crossAx val="1001"/>'
        '<c:crosses val="max"/></c:valAx></c:plotArea><c:legend><c:legendPos val="b"/>'
        '<c:overlay val="0"/></c:legend><c:plotVisOnly val="1"/><c:dispBlanksAs val="gap"/>'
        "</c:chart></c:chartSpace>"
    ).encode()


def _title(text: str) -> str:
    return (
        '<c:title><c:tx><c:rich><a:bodyPr/><a:p><a:r><a:rPr lang="sv-SE" sz="1400" b="1"/>'
        f'<a:t>{escape(text)}</a:t></a:r></a:p></c:rich></c:tx><c:overlay val="0"/></c:title>'
    )


def _series(chart: BarChart, at: int, sheet: str, top: int) -> str:
    series, column = chart.series[at], column_letters(at + 2)
    first, last = top + 1, top + max(len(chart.categories), 1)
    place = quoted(sheet)
    names = "".join(_point(i, escape(name)) for i, name in enumerate(chart.categories))
    values = "".join(_point(i, str(value)) for i, value in enumerate(series.values))
    count = f'<c:ptCount val="{len(chart.categories)}"/>'
    return (
        f'<c:ser><c:idx val="{at}"/><c:order val="{at}"/>'
        f"<c:tx><c:strRef><c:f>{place}!${column}${top}</c:f><c:strCache>"
        f'<c:ptCount val="1"/>{_point(0, escape(series.name))}</c:strCache></c:strRef></c:tx>'
        f'<c:spPr><a:solidFill><a:srgbClr val="{COLOURS[at % len(COLOURS)]}"/></a:solidFill>'
        '<a:ln w="9525"><a:solidFill><a:srgbClr val="404040"/></a:solidFill></a:ln></c:spPr>'
        f'<c:invertIfNegative val="0"/>{_LABELS}'
        f"<c:cat><c:strRef><c:f>{place}!$A${first}:$A${last}</c:f>"
        f"<c:strCache>{count}{names}</c:strCache></c:strRef></c:cat>"
        f"<c:val><c:numRef><c:f>{place}!${column}${first}:${column}${last}</c:f>"
        f"<c:numCache><c:formatCode>0</c:formatCode>{count}{values}</c:numCache></c:numRef>"
        "</c:val></c:ser>"
    )


# Numbers on the bars, but no zeros.
_LABELS: Final = (
    '<c:dLbls><c:numFmt formatCode="0;;" sourceLinked="0"/><c:spPr><a:solidFill>'
    '<a:srgbClr val="FFFFFF"/></a:solidFill></c:spPr><c:showLegendKey val="0"/>'
    '<c:showVal val="1"/><c:showCatName val="0"/><c:showSerName val="0"/>'
    '<c:showPercent val="0"/><c:showBubbleSize val="0"/></c:dLbls>'
)


def _point(at: int, value: str) -> str:
    return f'<c:pt idx="{at}"><c:v>{value}</c:v></c:pt>'


def drawing_xml(charts: Sequence[BarChart], tops: Sequence[int], left: int) -> bytes:
    """Tell where the charts lie: beside their tables, from column `left`."""
    frames = "".join(
        f"<xdr:twoCellAnchor><xdr:from><xdr:col>{left}</xdr:col><xdr:colOff>0</xdr:colOff>"
        f"<xdr:row>{top - 1}</xdr:row><xdr:rowOff>0</xdr:rowOff></xdr:from>"
        f"<xdr:to><xdr:col>{left + 10}</xdr:col><xdr:colOff>0</xdr:colOff>"
        f"<xdr:row>{top - 1 + height(chart)}</xdr:row><xdr:rowOff>0</xdr:rowOff></xdr:to>"
        '<xdr:graphicFrame macro=""><xdr:nvGraphicFramePr>'
        f'<xdr:cNvPr id="{at + 1}" name="Diagram {at}" descr="{escape(chart.title)}"/>'
        "<xdr:cNvGraphicFramePr/></xdr:nvGraphicFramePr><xdr:xfrm>"
        '<a:off x="0" y="0"/><a:ext cx="0" cy="0"/></xdr:xfrm><a:graphic>'
        f'<a:graphicData uri="{DRAWING}/chart"><c:chart xmlns:c="{DRAWING}/chart"'
        f' r:id="rId{at}"/></a:graphicData></a:graphic></xdr:graphicFrame><xdr:clientData/>'
        "</xdr:twoCellAnchor>"
        for at, (chart, top) in enumerate(zip(charts, tops, strict=True), 1)
    )
    return (
        f'{XML}<xdr:wsDr xmlns:xdr="{DRAWING}/spreadsheetDrawing" xmlns:a="{DRAWING}/main"'
        f' xmlns:r="{OFFICE}">{frames}</xdr:wsDr>'
    ).encode()


def height(chart: BarChart) -> int:
    """Tell how many rows of the page a chart takes."""
    return 8 + 2 * max(len(chart.categories), 3)
