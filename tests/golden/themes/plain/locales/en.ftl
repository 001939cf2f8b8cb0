# Keys without a text are shown as themselves; only texts with values are here.
release-label = release { $version }
draft = draft
number-label = no. { $number }
gone-deleted = no. { $number } gone
gone-range = nos. { $from } to { $to } gone
gone-merged = no. { $number } merged into no. { $into }
gone-moved = no. { $number } moved to { $chapter }
changes-of = changes of { $release }
changes-since = changes since { $release }
footnote-back = back to note { $number }
unit-item-of = item { $item }
unit-row-of = row { $item }
