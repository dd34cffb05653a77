"""The command palette: type a few letters of what you want, press Enter."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QModelIndex, QObject, QPersistentModelIndex, QPoint, QSize, Qt
from PySide6.QtGui import QAction, QFontMetrics, QIcon, QKeyEvent, QKeySequence, QPainter, QPalette, QPixmap
from PySide6.QtWidgets import (
    QDialog,
    QFrame,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QVBoxLayout,
    QWidget,
)

from app.ui.controls import label
from app.ui.frame.commands import Commands, Menu
from app.ui.frame.fuzzy import score
from app.ui.theme import Theme

_KEYS = Qt.ItemDataRole.UserRole
_ACTION = Qt.ItemDataRole.UserRole + 1
_SIZE = QSize(560, 420)
_TOP = 72
_ROW_PADDING = 20
_ORDER = (Menu.GO, Menu.FILE, Menu.VIEW, Menu.HELP)
_STEERING = {Qt.Key.Key_Down, Qt.Key.Key_Up, Qt.Key.Key_PageDown, Qt.Key.Key_PageUp}


class CommandPalette(QDialog):
    """Lists the commands that can be used now, those that match best first.

    Args:
        parent: the window over which it appears.
        commands: what there is to do.
        theme: distances.
    """

    def __init__(self, parent: QWidget, commands: Commands, theme: Theme) -> None:
        super().__init__(parent, Qt.WindowType.Popup | Qt.WindowType.FramelessWindowHint)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setAccessibleName(self.tr("Command palette"))
        self._actions = _listed(commands)
        side = theme.tokens.type.body + 4
        self._blank = _blank(side)
        self._query = QLineEdit()
        self._query.setPlaceholderText(self.tr("What do you want to do?"))
        self._query.setAccessibleName(self.tr("Command"))
        self._query.textChanged.connect(self._filter)
        self._query.returnPressed.connect(self._run_current)
        self._query.installEventFilter(self)
        self._list = QListWidget()
        self._list.setAccessibleName(self.tr("Matching commands"))
        self._list.setIconSize(QSize(side, side))
        self._list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._list.setItemDelegate(_Row(self._list))
        self._list.itemClicked.connect(lambda _: self._run_current())
        self._nothing = label(self.tr("No command matches."), "muted")
        self._lay_out(theme)
        self._filter("")

    def open_over(self, window: QWidget) -> None:
        """Show it at the upper middle of a window."""
        size = _SIZE.boundedTo(window.size() - QSize(40, 80))
        self.resize(size)
        self.move(window.mapToGlobal(QPoint((window.width() - size.width()) // 2, _TOP)))
        self.show()
        self._query.setFocus()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """The arrow keys steer the list while the text keeps the focus."""
        if isinstance(event, QKeyEvent) and event.type() is QEvent.Type.KeyPress and event.key() in _STEERING:
            self._list.event(event)
            return True
        return super().eventFilter(watched, event)

    def _lay_out(self, theme: Theme) -> None:
        space = theme.tokens.space
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        card = QFrame()
        card.setProperty("kind", "popup")
        outer.addWidget(card)
        layout = QVBoxLayout(card)
        layout.setContentsMargins(space.m, space.m, space.m, space.m)
        layout.setSpacing(space.s)
        layout.addWidget(self._query)
        layout.addWidget(self._nothing)
        layout.addWidget(self._list, 1)

    def _filter(self, query: str) -> None:
        ranked = [
            (value, action)
            for action in self._actions
            if action.isEnabled() and (value := score(query, action.text())) is not None
        ]
        ranked.sort(key=lambda pair: -pair[0])
        self._list.clear()
        for _, action in ranked:
            item = QListWidgetItem(self._blank if action.icon().isNull() else action.icon(), action.text())
            item.setData(_KEYS, action.shortcut().toString(QKeySequence.SequenceFormat.NativeText))
            item.setData(_ACTION, action)
            self._list.addItem(item)
        self._list.setCurrentRow(0)
        self._nothing.setVisible(not ranked)

    def _run_current(self) -> None:
        item = self._list.currentItem()
        action = item.data(_ACTION) if item is not None else None
        if isinstance(action, QAction):
            self.close()
            action.trigger()


def _blank(side: int) -> QIcon:
    """Nothing, as large as an icon: commands without one begin where the others do."""
    nothing = QPixmap(side, side)
    nothing.fill(Qt.GlobalColor.transparent)
    return QIcon(nothing)


def _listed(commands: Commands) -> list[QAction]:
    """What the palette offers; editing needs the keyboard's place, which the palette has taken."""
    listed = [(command, action) for command, action in commands if command.menu in _ORDER]
    listed.sort(key=lambda pair: _ORDER.index(pair[0].menu))
    return [action for command, action in listed if command.id != "palette"]


class _Row(QStyledItemDelegate):
    """A row with its shortcut at the far end."""

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        super().paint(painter, option, index)
        keys = str(index.data(_KEYS))
        painter.setPen(option.palette.color(QPalette.ColorRole.PlaceholderText))
        ending = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight  # the painter mirrors it itself
        painter.drawText(option.rect.adjusted(12, 0, -12, 0), ending, keys)

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        hint = super().sizeHint(option, index)
        return QSize(hint.width(), QFontMetrics(option.font).height() + _ROW_PADDING)
