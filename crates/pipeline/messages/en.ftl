# Every word that a user sees. One message for each diagnostic code: sentence and ".hint".

R101 = the file is empty (0 bytes)
    .hint = ask the unit to send it again
R102 = not a Word or PDF submission but { $what }
    .hint = ask the unit to send Word or PDF
R103 = the format cannot be told
    .hint = open it in Word or WPS and save it as .docx
R104 = the name ends in "{ $extension }", but the content is { $format }; read by its content
    .hint = see whether the right file was sent
R105 = the file is incomplete: still being copied, or cut off
    .hint = try again later; if it stays so, ask the unit to send it again
R106 = the file is encrypted or has a password ({ $how })
    .hint = ask the unit to send it without a password; a PDF whose password is known is read with --password
R107 = the file is damaged: { $what }
    .hint = open it in Word or WPS, save a copy and send that
R108 = the file exceeds a limit of reading: { $what } (at most { $limit })
    .hint = the file is abnormal, perhaps malicious; ask the unit for a fresh copy
R109 = all { $pages } pages are scanned pictures without text
    .hint = ask the unit for the editable file
R110 = the file opens, but holds no text
    .hint = see whether the right file was sent
R111 = { $count } characters ({ $share }%) cannot be told
    .hint = compare with the original
R112 = unknown content "{ $name }"; its text was kept
    .hint = compare with the original
R113 = page { $page } is a scanned picture without text
    .hint = compare with the original and ask for what is missing
R114 = a part could not be read: { $part }
    .hint = compare with the original
R115 = the external link "{ $target }" was not opened
R116 = written by Word 95 or older; only the text was taken
    .hint = compare with the original
R117 = the program failed while reading; the file was passed over
    .hint = give this file to the maintainers of the program
R118 = { $count } bytes outside the encoding were replaced by "�"
    .hint = compare with the original
R119 = the format { $format } is not supported yet
    .hint = open it in Word or WPS and save it as .docx
R120 = the file cannot be opened: { $what }
    .hint = check the rights, or try again later
R121 = content without a text form: { $what }
    .hint = compare with the original
R122 = the symbol { $code } is not known
    .hint = compare with the original
R124 = it holds macros, which were neither run nor kept
R125 = the password is wrong; the file cannot be opened
    .hint = check the password, capitals included, and try again
R126 = page { $page } has no visible text; taken is the OCR layer, of which { $share }% are usual characters
    .hint = recognition makes mistakes; compare with the original
R127 = page { $page } has no visible text; the OCR layer, of which only { $share }% are usual characters, was not taken
    .hint = compare with the original, or ask for the editable file
R128 = the structure was damaged; read from what was found
    .hint = compare with the original, whether anything is missing
R129 = the process that read the file died ({ $how }); the file was passed over
    .hint = the file may be damaged or hostile; have it saved anew and sent again
R130 = reading took more than { $seconds } seconds and was stopped; the file was passed over
    .hint = have the file saved anew and made smaller, or allow more time in [limits] of the configuration
R131 = reading needed more than { $mib } MiB of memory; the file was passed over
    .hint = have the file saved anew and made smaller, or allow more memory in [limits] of the configuration
R132 = what the process that read the file answered cannot be trusted; the file was passed over
    .hint = the file may be hostile: do not open it in other programs, and tell the maintainers
R123 = the list counts “{ $counted }”, the file says “{ $written }”; “{ $counted }” was taken
    .hint = compare the number with the original

N101 = title taken from the first sentence: { $title }
N102 = title taken from a line of its own: { $title }
N103 = title joined from several lines: { $title }
N104 = no title in the text; taken from the file name: { $title }
    .hint = check the title
N105 = no title found
    .hint = add a title
N201 = contributor "{ $written }" unified to "{ $name }"
N202 = contributor "{ $name }" taken from the { $sign ->
    [signature] signature
    [header] page header
    [folder] folder name
   *[other] { $sign }
 }; the text names none
    .hint = check the contributor
N203 = contributor "{ $name }" is not registered
    .hint = check the name, or register it in the configuration
N204 = no contributor found
    .hint = add the contributor
N205 = contributor "{ $name }" differs from the folder "{ $folder }"; the text was followed
N301 = section "{ $section }", because of { $sign }
N302 = { $count } items in one file
N303 = there is text, but no item was found
    .hint = compare with the original
N304 = a title without a text; kept as text
    .hint = compare with the original
N401 = { $count } blanks removed
N402 = { $count } half-width punctuation marks made full-width
N403 = { $count } invisible characters removed
N404 = { $count } full-width digits and letters made half-width
N405 = { $count } straight quotation marks made Chinese ones
N406 = paragraph cut in mid-sentence; joined after "…{ $before }"
N501 = { $count } contact lines or tables left out
N502 = date taken from the signature: { $date }
N601 = "{ $title }" of the contents is no title in the text
    .hint = compare contents and titles
N602 = no masthead, contents or section found; perhaps no issue
    .hint = check the file

C201 = the points have a gap: "{ $missing }" is missing
    .hint = see whether a paragraph was lost; ignore this if not
C202 = { $announced } points are announced, { $count } are there
    .hint = check the number of points
C203 = the mark "{ $mark }" is not paired
    .hint = add the missing half
C204 = the text ends without a full stop; perhaps it was cut
    .hint = compare with the original
C205 = { $length } characters, more than { $limit }
    .hint = shorten the text
C301 = the same as in "{ $earlier }"; printed once
    .hint = the item was sent twice
C302 = same title as in "{ $earlier }", another text
    .hint = decide which one is printed
C303 = "{ $item }" is the same as an item of { $path }; printed once
    .hint = it was sent twice
C304 = "{ $item }" is nearly the same ({ $share } %) as an item of { $path }
    .hint = check whether it is the same
C305 = "{ $item }" is a corrected text and takes the place of the one before (revision { $number })
C306 = "{ $item }" is a corrected text, but the one in { $path } was decided about before
    .hint = check which of both is right
C307 = "{ $item }" has the unit and title of one in { $path } and says something else; both are taken
    .hint = two items, or one that was rewritten? reject the old one then: jianbao items reject
C308 = the new file has no "{ $title }" any more (item { $id })
    .hint = was it withdrawn, or the name used for something else? jianbao items reject { $id } takes it out
C401 = secrecy mark "{ $mark }": processing stopped
    .hint = this machine must not hold such files; tell the security officer at once

A101 = { $count } paragraphs set as one
A102 = items of section "{ $section }" have a title; this one has none
    .hint = add a title
A103 = section "{ $section }" is not configured; placed in "{ $chosen }"
    .hint = check the section
A104 = { $tables } tables and { $images } pictures are not printed
    .hint = tables of more than 30 columns, pictures that are neither PNG nor JPEG, pictures in PDF or HTML files; add them by hand where needed
A105 = there is no item to print
    .hint = check the inbox
A106 = this layout is made for { $most } items, all { $count } are printed
    .hint = check what was chosen, or take another layout
A107 = page numbers in the contents, or the page of the colophon, are estimated
    .hint = update fields in Word (Ctrl+A, F9); check that the colophon is on an even page

P101 = { $count } characters that a document may not hold were removed
P201 = the template cannot be read: { $what }
    .hint = open the template in Word or WPS and save it as .docx
P202 = the template holds macros; no .docx file can be made of it
    .hint = save it as .docx without macros
P203 =
    { $mixed ->
        [yes] the template's placeholder "正文" is not alone in its paragraph, or stands in a header or footer: { $text }
       *[no] the template has no placeholder "正文": there is no place for the text
    }
    .hint = write "正文" in two pairs of braces in a paragraph of its own
P204 = the template has no placeholder "{ $name }"; this will not be printed: { $text }
    .hint = add the placeholder to the template, or take the words out of the configuration
P205 =
    { $known ->
        [yes] the template's placeholder "{ $name }" is not known and was left as it is; is "{ $nearest }" meant?
       *[no] the template's placeholder "{ $name }" is not known and was left as it is
    }
    .hint = check the placeholder's name
P206 = the template's placeholder "{ $name }" is not alone in its paragraph, or stands in a header or footer; it was not replaced: { $text }
    .hint = give it a paragraph of its own in the text
P207 = the template has tracked changes; they will be printed
    .hint = accept or reject all changes in Word
P208 = the template names another template: { $address }
    .hint = set the document template back to Normal in Word

J101 = not a submission (temporary or system file); passed over
J102 = { $why ->
    [open] the file is open in an office program; waiting
    [empty] the file is empty; waiting for the copy to end
    [incomplete] the file is not complete; waiting for the copy to end
   *[unreadable] the file cannot be read for the moment: { $what }
 }
    .hint = looked at again in the next run; set aside after 30 minutes incomplete, 24 hours unreadable
J103 = { $state ->
    [quarantined] the same file as { $path }, which was returned; not taken again
    [ignored] the same file as { $path }, which was taken out; not taken again
    [superseded] the same file as { $path }, which was corrected since; the corrected one stays
   *[taken] the same file as { $path }; not taken again
 }
J104 = taken, but it cannot be moved out of the inbox or deleted: { $what }
    .hint = it is not taken twice, and tried again in the next run; check the rights of the folder
J105 = the file was taken away or renamed before it was taken
    .hint = if it was moved or renamed it is taken as a new file; if it was deleted by mistake, have it sent again
J107 = the inbox is empty, though everything that came there should still be there: { $path }
    .hint = the share may not be mounted: mount it and run again, nothing was taken or printed; if it was emptied on purpose, make the folders of the units in it
J108 = { $what ->
    [folder] a link to another place and no folder; the files in it were not read
   *[file] a link to another place and no file; not read
 }
    .hint = put the folder or file itself here; to join a folder of another place, mount it (mount --bind) instead
J201 = the output exists: { $path }
    .hint = choose another name, or overwrite with --force
J202 = { $path } cannot be written: { $what }
    .hint = check rights and free space; close the file if it is open in Word
J203 = no such folder or file: { $path }
    .hint = { $which ->
    [given] check the path that the command names
   *[folder] check the path, or correct [folders] in the configuration
 }
J204 = { $count } mistakes in the configuration or plan
    .hint = correct the lines named and try again
J205 = no submission found: { $path }
    .hint = check the inbox
J206 = { $program } is not installed; the issue is there, but no proof
    .hint = have { $package } installed, or print the issue from Word or WPS
J207 = there is no proof; the issue is there: { $program }: { $what }
    .hint = print the issue from Word or WPS, or try again later
J301 = another program holds the database: { $path }
    .hint = try again later; if it stays so, look for a job that has not ended
J302 = the disk of the database is full: { $path }
    .hint = make room and try again; what was there is unchanged
J303 = the disk failed under the database: { $path }: { $what }
    .hint = have the disk checked; a backup comes back with jianbao store restore
J304 = the database { $path } cannot be opened or written: { $what }
    .hint = check the rights of folder and file
J305 = the database must not lie on a network file system ({ $kind }): { $path }
    .hint = set [folders] store to a local disk; where FUSE is a local disk, set store_fuse = true
J306 = not a database of this program, left as it was: { $path }
    .hint = check the path of [folders] store
J307 = the database was written by a newer version ({ $found }; this program knows { $known })
    .hint = install the newer program
J308 = the database is damaged: { $path }: { $what }
    .hint = keep the file, and bring the newest backup back with jianbao store restore
J309 = found in the database: { $what }
    .hint = keep the file, and compare it with the newest backup
J310 = the next number is { $next }, not { $wanted }
    .hint = numbers have no gaps and are not used twice; correct number and cumulative
J311 = there is a file of issue { $number } that the database knows nothing of: { $path }
    .hint = was a backup restored? see which number was printed last, and note it: jianbao issues skip --number { $number } --reason WHY
J312 = the clock says { $date }, before the last issue of { $last }; no issue was made
    .hint = have the clock set, or name the date with --date
J401 = no process that reads files could be started: { $what }
    .hint = look at the rights of the program and at the memory and processes of the system; workers = false in [limits] of the configuration reads without such processes
J402 = the system lacks means of isolation: { $missing }; files are read in processes of their own all the same
    .hint = a newer kernel has all of them
J403 = another run has not ended
    .hint = run again when it has
J405 = { $path } fails: { $what }
    .hint = check disk and rights and run again; what was not done is taken up
J406 = the kept original is lost or damaged: { $path }
    .hint = have the disk checked; have the file sent again, then jianbao quarantine retry
J404 = too little room on the disk: { $path }
    .hint = make room and try again; the files of the inbox are as they were
J501 = there is no item “{ $item }”
    .hint = jianbao items list shows numbers and titles
J502 = “{ $item }” is the title of { $count } items: { $numbers }
    .hint = give the number
J503 = item { $item } “{ $title }” { $state ->
    [adopted] is adopted already
    [rejected] was rejected
    [issued] was printed
    [merged] was merged into another
    [placed] is in an issue that is being made
    [itself] cannot be merged into itself
   *[other] is { $state }
 }; nothing was changed
    .hint = { $state ->
    [adopted] nothing to do; to take it out use jianbao items reject
    [rejected] adopt it first with jianbao items adopt
    [issued] a printed item stays as it is; jianbao issues void gives the whole issue up
    [merged] jianbao items show names the item that it was merged into: change that one
    [placed] wait until the run has ended; jianbao issues void gives the issue up
   *[other] jianbao items show prints the item
 }
J504 = there is no section “{ $section }”
    .hint = known: { $known }
J505 = { $why ->
    [empty] the text has no body; nothing was changed
    [changed] somebody else has just changed the item; nothing was changed
   *[form] the file is not the JSON of an item; nothing was changed: { $what }
 }
    .hint = jianbao items show prints the text as it is now
J506 = record { $id } of the quarantine { $state ->
    [absent] does not exist
    [retried] was sent on already
    [released] was taken out already
    [superseded] is of a file that was sent again and waits
   *[other] is { $state }
 }; nothing was changed
    .hint = jianbao quarantine list shows what is set aside
J507 = the original of “{ $path }” was not kept
    .hint = a file that cannot be read or is too large is not kept; look in the inbox, or have it sent again
J508 = there is no issue { $issue }
    .hint = jianbao issues list shows them
J509 = { $count } issues are { $issue }: { $all }
    .hint = give year and number as in 2025-12, or the place in the list as in "#3"
J510 = { $state ->
    [void] the issue was given up already
   *[other] the issue is { $state }
 }; nothing was changed
    .hint = jianbao issues list shows the states

J511 = no copy of issue { $issue } was kept
    .hint = older versions of the program kept none; jianbao compose --force makes it anew
J512 = issue { $number } was made already; the plan was not followed
    .hint = to make it anew by the plan use --force; for another issue give --date or --number
where-docx = paragraph { $paragraph }
where-docx-part = { $part }, paragraph { $paragraph }
where-pdf = page { $page }
where-text = line { $line }
where-file = whole file

severity-note = note
severity-warning = warning
severity-error = error
hint-label = hint

what-xlsx = an Excel workbook
what-xls = an Excel workbook
what-pptx = a PowerPoint presentation
what-ppt = a PowerPoint presentation
what-ofd = an OFD document
what-zip = an archive
what-macros = macros without text
what-picture = a picture
what-png = a picture
what-jpeg = a picture
what-gif = a picture
what-password = password
what-ole = an OLE document
what-odf = an OpenDocument file
what-visio = a Visio drawing
what-outlook = an Outlook message
what-publisher = a Publisher file
what-rar = an archive
what-sevenzip = an archive
what-gzip = an archive
what-xml = an XML file
what-irm = rights management
what-certificate = certificate
what-rtf = RTF
what-html = HTML
what-mhtml = MHTML
what-word-xml = Word 2003 XML
what-works = Microsoft Works
what-stack-overflow = stack overflow
what-aborted = aborted
what-memory-fault = memory fault
what-killed = killed by the system
what-exited = unexpected exit
what-signal = a signal
what-answer-bytes = size of the result
what-file-bytes = size of the file
what-part-bytes = size of a part
what-inflated-bytes = inflated size
what-ratio = compression ratio
what-entries = number of parts
what-depth = depth of nesting
what-paragraphs = number of paragraphs
what-attributes = attributes
what-pdf-bytes = decoded size
what-pdf-pages = number of pages
what-pdf-values = number of objects
what-pdf-glyphs = number of characters
what-pdf-operators = number of operators
what-chart = chart
what-diagram = SmartArt
what-object = embedded object
what-control = control
what-ink = ink
what-formula = formula
what-alt-chunk = embedded document
what-sub-document = sub-document
what-field = field without result
what-content = content of a page
what-page-limit = rest of a page
what-form-depth = deeply nested form
what-body-text = part of the text
what-text = plain text
what-doc = Word 97–2003
what-docx = Word (.docx)
what-pdf = PDF
what-markdown = Markdown
what-compound-file = part of the file
what-no-container = no .docx file, or a damaged one
what-too-large-inside = it is larger inside than a template may be
what-damaged-xml = its structure is damaged, or nested too deep
what-foreign-document = no Word document of the usual kind

config-syntax = syntax: { $message }
config-unknown = there is no key "{ $key }"
config-unknown-near = there is no key "{ $key }"; is "{ $nearest }" meant?
config-type = "{ $key }" must be { $expected ->
    [text] a text in quotation marks
    [integer] an integer
    [boolean] true or false
    [list] a list in square brackets
    [length] a length, such as "37mm" or "28.95pt"
    [size] a size, such as "三号" or "16pt"
    [colour] a colour, such as "FF0000"
   *[table] a table
 }
config-range = "{ $key }" must be from { $min } to { $max }
config-missing = "{ $key }" is missing
config-date = "{ $key }" is no date; write 2025-03-27
config-choice = "{ $key }" must be one of: { $allowed }
config-twice = "{ $name }" stands there twice ({ $key })
config-inbox = "{ $key }" cannot be the inbox itself, where every file is a submission; a folder in it can be
config-lines = the type area is { $room } mm high: { $fit } lines of this pitch fit, { $wanted } are wanted; the largest pitch is { $pitch }pt, or make top and bottom smaller, or lines fewer
config-characters = the type area is { $room } mm wide: { $fit } characters fit in a line, { $wanted } are wanted; the largest character_spacing is { $spacing }pt, or make left and right smaller, or characters fewer
config-footer = the page number would stand within the type area or off the paper: the bottom margin is { $bottom } mm, and footer plus the height of the number must be less
change-none = the same as the printed issue
change-count = { $count } differences from the printed issue
change-edited =
    item { $at } "{ $item }" was edited:
    { $edits }
change-moved = item { $to } "{ $item }" was item { $from }
change-added = item { $at } "{ $item }" is new
change-removed = item { $from } "{ $item }" of the printed issue is gone
edit-added = {"  "}added "{ $new }"
edit-removed = {"  "}removed "{ $old }"
edit-replaced = {"  "}"{ $old }" became "{ $new }"
against-one-file = with --against one file is read at a time
against-empty = there is no item in the file of --against
deviation = { $place }: { $measure } is { $found }, should be { $wanted }
deviation-section = page of section { $number }
deviation-paragraph = paragraph { $number } "{ $text }…"
deviation-document = the document
measure-paper = the paper
measure-top = the top margin
measure-bottom = the bottom margin
measure-left = the left margin
measure-right = the right margin
measure-lines = the number of lines a page
measure-footer = the distance of the footer
measure-page-number = the page number
measure-dashes = the page number with its dashes
measure-odd-even = a footer for odd and even pages each
measure-size = the size
measure-face = the face
measure-pitch = the exact pitch
measure-indent = the indent in characters
measure-blanks = the number of blanks instead of an indent
layout-kept = the layout is kept
layout-not-kept = the layout is not kept in { $count } places
layout-name = layout: gusu a bulletin, gb9704 a plain official document, brief a report of one item
layout-items = items in an issue at most, 0 for any number
layout-join = the paragraphs of an item are set as one
layout-head = top of the first page: masthead, or title alone
layout-contents = contents: none, titles, or titles with pages
layout-sections = names of sections are printed
layout-template-has = there: { $names }
layout-template-lacks = not there: { $names }
layout-titles = titles: run-in before the text, own-line above it
layout-points = headings of points: plain as the text, kai in 楷体
layout-signature = offices and date at the end of the text (7.3.5)
layout-colophon = colophon: none, last-page, or even-page
layout-width = width of the paper (GB/T 9704 5.1)
layout-height = height of the paper
layout-top = top margin (5.2.1)
layout-bottom = bottom margin: the type area is 225 mm high
layout-left = binding margin (5.2.1)
layout-right = right margin: the type area is 156 mm wide
layout-mirrored = printed on both sides: even pages are mirrored
layout-footer = page number to the edge of the paper; its dashes stand 7 mm below the type area (7.5)
layout-line = pitch of the lines, exact
layout-lines = lines a page (5.2.3)
layout-characters = characters a line (5.2.3)
layout-spacing = spacing of the characters
layout-font-name = face of the bulletin's name (7.2.4)
layout-font-body = face of the text (5.2.2)
layout-font-edition = face of the edition labels
layout-font-title = face of sections and titles (7.3.3)
layout-font-headline = face of titles in a line of their own (7.3.1)
layout-font-number = face of the page numbers (7.5)
layout-font-latin = face of letters and digits
layout-red = colour of the name and its rule (7.2.4)
layout-size-name = largest size of the name; a long name is set smaller
layout-size-edition = size of the edition labels
layout-size-body = size of the text (5.2.2)
layout-size-headline = size of titles in a line of their own (7.3.1)
layout-size-colophon = size of the colophon (7.4.2)
layout-colophon-line = pitch of the colophon's lines
layout-size-number = size of the page number (7.5)
layout-size-table = size of tables
layout-size-dense-table = size of tables of many columns
config-number-missing = the issue's number is missing: set number under [issue], or --number
config-date-missing = the date is missing: set date under [issue], or --date
password-one-file = --password is for one file, not for several or a folder
store-sound = the database is sound: { $path }
store-saved = copied to { $path }
store-restored = the database is restored: { $path }
store-kept = the one before is kept as { $path }
finding-integrity = the structure of the file: { $what }
finding-reference = { $count } rows of the table { $table } refer to what is not there
finding-audit = the audit chain was changed or cut at row { $row }
finding-conservation = { $receipts } files were received, { $accounted } are accounted for
finding-gap = { $missing } numbers are missing ({ $counter }, { $period })
finding-issued = the state of { $count } items differs from that of their issues
layer-default = default
layer-layout = layout { $name }
layer-file = configuration, line { $line }
layer-line = line { $line }
layer-environment = environment variable { $variable }
layer-command-line = command line

plan-item = { $state ->
    [rejected] "{ $item }" was rejected
    [issued] "{ $item }" was printed
    [merged] "{ $item }" was merged into another item
    [placed] "{ $item }" is in an issue that is being made
    [same] "{ $item }" says the same as another item; one of them is printed
    [twice] "{ $item }" is the same item as one before it
   *[absent] there is no item "{ $item }"
 }

# Choosing
column-item = no.
column-state = state
column-section = section
column-unit = unit
column-title = title
column-time = time
column-code = code
column-path = file
column-why = reason
column-order = place
column-number = number
column-cumulative = cumulative
column-date = date
column-items = items
state-new = new
state-adopted = adopted
state-rejected = rejected
state-issued = printed
state-merged = merged
state-pending = being made
state-done = made
state-void = given up
action-adopt = adopted
action-reject = rejected
action-edit = edited
action-move = moved
action-merge = got another merged in
action-merged = merged into another
item-head = no. { $item }  { $state }  { $section }  { $name }
item-from = from: { $path }
item-revision = revision { $number }  { $time }  submission { $source }  { $title }
item-edition = revision { $number }  { $time }  edited by { $editor }  { $title }
item-decision = { $time }  { $editor }  { $action }  { $reason }
item-near = { $share }% the same as no. { $item } “{ $title }”
item-decided = no. { $item } “{ $title }”: { $state }
item-moved = no. { $item } “{ $title }” is in “{ $section }” now
item-merged = no. { $item } “{ $title }” was merged into no. { $into }
item-edited = no. { $item } “{ $title }” was changed: revision { $number }
item-unchanged = no. { $item } “{ $title }” was left as it is
edit-no-editor = name a text file with --file or a title with --title; on a terminal the program that EDITOR names is opened
edit-given-up = the editing program failed; nothing was changed
editor-unnamed = unnamed
plan-head =
    The plan of an issue, in printed order. Move whole entries, delete what is not wanted; section = "brief" moves to another section.
    Then: jianbao compose --plan THIS-FILE
plan-written = written to { $path }: { $items } items
held-retried = the next run tries { $count } files again
held-released = record { $id } is closed
issue-head = { $order }  number { $number }{ $cumulative ->
    [none] {""}
   *[other] {"  "}cumulative { $cumulative }
 }  { $date }  { $state }  { $items } items  { $path }
issue-item = { $position }. no. { $item }  { $title }  { $unit }
issue-void = issue { $number } is given up and its number is not used again; its { $items } items are adopted
issue-file-stays = the file was not deleted: { $path }
issue-skipped = { $count } numbers are noted as used; the next issue comes after { $number }
issue-not-skipped = number { $number } is known already; nothing was changed
skip-needs-reason = --reason is needed
issue-written = written again as it was kept: { $path }
issue-there = the file is in its place and as it was kept: { $path }
void-needs-reason = --reason is needed

summary-files = files
summary-ok = well
summary-doubtful = doubtful
summary-failed = failed
summary-skipped = skipped
summary-items = items
summary-printed = printed
summary-duplicates = duplicates
summary-inventory = { $received } received: { $accepted } accepted, { $duplicate } duplicate, { $quarantined } set aside, { $waiting } waiting
summary-returned = set aside: { $path } → { $folder }
summary-already = issue { $number } of { $year } was made before: { $path }
summary-already-missing = issue { $number } of { $year } was made before, but its file is not at { $path } any more; jianbao issues write { $year }-{ $number } writes it again
summary-nothing = nothing new; no issue is made
summary-issue = written: { $path } ({ $year } no. { $number }, { $items } items)
summary-proof = proof: { $path }
summary-reading = reading
summary-notes-hidden = { $count } more notes, shown by --verbose

job-unknown = the configuration has no job ([[job]]) named "{ $name }"; it has: { $known }
summary-statistics = statistics: { $path }
statistics-title = Submitted and printed, { $from } to { $to }
statistics-unit = unit
statistics-submitted = files
statistics-accepted = accepted
statistics-duplicate = duplicate
statistics-quarantined = set aside
statistics-waiting = waiting
statistics-printed = items printed
statistics-unknown = no unit
statistics-total = total

folder-inbox = inbox
folder-output = output folder
folder-quarantine = quarantine folder
folder-data = data folder
folder-store = folder of the database
folder-backup = backup folder
folder-statistics = folder of the statistics
doctor-fine = [fine]
doctor-note = [note]
doctor-error = [error]
doctor-hint = {"; "}{ $hint }
doctor-config = the configuration has no mistakes: { $path }
doctor-root = root asks, whom no folder refuses: the rights of the job's user do not show
    .hint = ask again with sudo -u USER jianbao doctor
doctor-readable = { $folder } can be read: { $path }
doctor-writable = { $folder } can be written: { $path }
doctor-folder-new = { $folder } is not there yet, the first run makes it: { $path }
    .hint = install-service wants it to be there: use mkdir before
doctor-folder-missing = { $folder } is missing: { $path }
    .hint = make it, or correct the path under [folders]; a share must be mounted
doctor-unreadable = { $folder } cannot be read: { $path }: { $what }
    .hint = give the job's user the right to read; a share is mounted with uid, file_mode, dir_mode
doctor-unwritable = { $folder } cannot be written: { $path }: { $what }
    .hint = give it to the job's user with chown; look whether a share is mounted read-only
doctor-local = { $folder } lies on a local disk: { $path }
doctor-network = { $folder } lies on a network file system ({ $what }): { $path }
    .hint = put it on a local disk such as /var/lib/jianbao; store_fuse = true where FUSE is one
doctor-inside = the { $folder } lies in the inbox: { $path }
    .hint = it is not read as submissions, but units see it and may delete it; move it out of the inbox
doctor-space = { $free } MiB free, { $reserve } MiB are to be left: { $path }
doctor-space-low = only { $free } MiB free, { $reserve } MiB are to be left: { $path }
    .hint = make room; [arrival] reserve_mib says how much is left
doctor-store-new = there is no database yet, the first run makes it: { $path }
    .hint = where there was a run before, correct [folders] store, or numbers begin anew
doctor-store-sound = the database is sound: { $path }
doctor-store-amiss = { $count } things in the database do not fit together: { $path }
    .hint = jianbao store check tells them; jianbao store restore brings a backup back
doctor-store-failed = the database cannot be opened: { $path }: { $what }
    .hint = see jianbao store check
doctor-clock = clock: { $now }
doctor-clock-back = the clock went back: it shows { $now }, and the database knows { $newest }
    .hint = set the clock (timedatectl) before the next run
doctor-clock-unset = the clock was never set: it shows { $now }
    .hint = set the clock (timedatectl) before the next run
doctor-faces = all faces of official documents are there
doctor-faces-missing = faces that are not there: { $faces }
    .hint = the Word file is the same; proofs that are made here show other faces
doctor-faces-unknown = the faces of the machine are not known: there is no fc-list
    .hint = the Word file is the same; install fontconfig to know
doctor-program = { $program }: { $path }
doctor-program-missing = { $program } is not installed
    .hint = only proofs (--pdf, --png) need it; the package is { $package }
doctor-program-unused = tesseract: { $path } (not used)
doctor-sandbox = worker processes are shut in by every means
doctor-sandbox-off = files are not read in worker processes ([limits] workers = false)
    .hint = remove that key, so that a bad file cannot harm the job

service-written = written: { $path }
service-hidden = note: the service does not see { $path }, since /home, /root and /tmp are empty for it; move it to /srv, /opt or /var/lib and run this again
service-next = next: sudo systemctl daemon-reload && sudo systemctl enable --now { $unit }.timer (the user { $user } must exist)
service-option = { $option } is not well-formed: "{ $text }"

cli = Makes a numbered bulletin issue from Word and PDF submissions
cli-lang = language of the messages: zh or en
cli-run = read the inbox and write the issue that is due
cli-convert = bring files and folders to items; no issue is made
cli-compose = make an issue from chosen items
cli-import = take a published or edited issue back to items
cli-check = check only
cli-config = look at the configuration
cli-config-show = list every value
cli-layout = the look of the issue
cli-layout-show = list the measures, in the form of the configuration file
cli-layout-check = hold a Word file against the layout
cli-layout-template = list the placeholders of a Word template
cli-items = look at what came, choose and edit
cli-items-list = list the items
cli-items-show = print an item and its history
cli-items-adopt = adopt
cli-items-reject = reject
cli-items-edit = change title or text
cli-items-move = move to another section
cli-items-merge = make one item of two
cli-plan = write the plan of the issue that is due, to change its order
cli-quarantine = look after files that were set aside
cli-quarantine-list = list them
cli-quarantine-retry = let the next run try again
cli-quarantine-release = close a record by hand
cli-issues = look at issues and their numbers
cli-issues-list = list the issues
cli-issues-show = print an issue's number, file and items
cli-issues-write = write the file of an issue again from the kept copy
cli-issues-skip = note numbers that were used without this program; the next issue goes on after them
cli-issues-void = give an issue up; its number is not used again
cli-store = look after the database
cli-store-check = check whether the database is sound
cli-store-backup = copy the database to a file
cli-store-restore = bring a backup back; the database that is there is kept under another name
cli-store-export = print everything in the database as JSON lines
cli-job = run jobs of the configuration ([[job]]) by name, one after the other
cli-doctor = look whether the machine has what the job needs
cli-install-service = write the two files by which systemd starts the job
cli-worker = started by the program itself: a process that reads files one by one
cli-schema = print the JSON Schema
cli-arg-only = one half: ingest takes the inbox in, compose makes the issue
cli-arg-names = names of the jobs
cli-arg-run_jobs = jobs to be run by the clock; run without any
cli-arg-user = user as whom the service runs
cli-arg-dir = folder for the files
cli-arg-unit = name of the service
cli-arg-on_calendar = when it runs, as systemd.time has it, e.g. "Mon..Fri 08:30"
cli-arg-on_failure = unit that is started when a run fails
cli-arg-dry_run = print the files and write none
cli-arg-config = configuration file
cli-arg-used = the last number that was used
cli-arg-used-cumulative = the last number over all editions that was used
cli-arg-supplement = a supplement, which is counted separately
cli-arg-date = date of issue, e.g. 2025-03-27
cli-arg-number = number of the issue
cli-arg-cumulative = cumulative number
cli-arg-output = output file
cli-arg-against = the issue as printed: tells the changes and keeps the ids
cli-arg-file = a Word file
cli-arg-copy = file of the backup
cli-arg-pdf = also make a PDF proof with LibreOffice
cli-arg-png = also make a picture (PNG) of every page
cli-arg-force = overwrite an existing output
cli-arg-isolate = read the files in shut-in processes of their own
cli-arg-jobs = files read at the same time (default: one a processor)
cli-arg-report = write a report to this JSON file
cli-arg-to = output format
cli-arg-password = password that opens a PDF, for one file at a time
cli-arg-paths = files or folders
cli-arg-plan = plan of the chosen items
cli-arg-origin = also show where each value comes from
cli-arg-verbose = also show all notes
cli-arg-set = change a value of the configuration, e.g. --set items.length=800
cli-arg-item = number, title or stable name
cli-arg-items = numbers, titles or stable names
cli-arg-state = only in this state: new, adopted, rejected, issued
cli-arg-section = section
cli-arg-text = the text: .txt with a paragraph a line, or .json
cli-arg-title = new title
cli-arg-reason = reason
cli-arg-editor = the editor's name (default: login name)
cli-arg-into = the item that stays
cli-arg-from = the item that goes into it
cli-arg-ids = number of the record
cli-arg-held = number of the record
cli-arg-all = all
cli-arg-issue = number, as in 12 or 2025-12
cli-arg-help = print help
cli-arg-version = print version
cli-usage = Usage
cli-commands = Commands
cli-arguments = Arguments
cli-options = Options
error-label = error
error-usage = the command line is wrong

# why a file was set aside
quarantine-reason =
    file: { $file }
    unit: { $unit }
    time: { $time }
    code: { $code }
    reason: { $message }
    what to do: { $hint }
