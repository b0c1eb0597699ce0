# 用户看到的全部文字。每个诊断代码一条：句子与“.hint”提示。

R101 = 文件是空的（0 字节）
    .hint = 请报送单位重新发送
R102 = 不是 Word 或 PDF 稿件，而是 { $what }
    .hint = 请报送单位改用 Word 或 PDF 报送
R103 = 认不出文件的格式
    .hint = 请用 Word 或 WPS 打开后另存为 .docx 再报送
R104 = 扩展名是“{ $extension }”，内容却是 { $format }；已按内容读取
    .hint = 核对是否发错文件
R105 = 文件不完整，可能还在复制或传输中断
    .hint = 稍后重试；仍然如此，请报送单位重新发送
R106 = 文件已加密或设有密码（{ $how }）
    .hint = 请报送单位去掉密码后重新发送；知道密码的 PDF 可用 --password 单独读取
R107 = 文件已损坏：{ $what }
    .hint = 请用 Word 或 WPS 打开后另存一份再报送
R108 = 文件超出读取限制：{ $what }（上限 { $limit }）
    .hint = 文件异常庞大，可能是恶意文件；请报送单位另存一份再报送
R109 = 全文是扫描图片，没有文字（{ $pages } 页）
    .hint = 请报送单位发送可编辑的电子版
R110 = 文件能打开，但没有文字
    .hint = 核对是否发错文件
R111 = 有 { $count } 个字符无法识别，占 { $share }%
    .hint = 对照原件核对
R112 = 含有未识别的内容“{ $name }”，其中文字已保留
    .hint = 对照原件核对
R113 = 第 { $page } 页是扫描图片，没有文字
    .hint = 对照原件核对，缺少的内容请报送单位补发
R114 = 部分内容无法读取：{ $part }
    .hint = 对照原件核对
R115 = 含有外部链接“{ $target }”，没有打开
R116 = 由 Word 95 或更早版本生成，只取了文字
    .hint = 对照原件核对
R117 = 读取时程序出错，已跳过此文件
    .hint = 请把此文件交给软件维护人员
R118 = 有 { $count } 处编码错误的字节，已用“�”代替
    .hint = 对照原件核对
R119 = 暂不支持 { $format } 格式
    .hint = 请用 Word 或 WPS 打开后另存为 .docx 再报送
R120 = 无法打开文件：{ $what }
    .hint = 检查文件权限，或稍后重试
R121 = 含有无法转成文字的内容：{ $what }
    .hint = 对照原件核对
R122 = 符号 { $code } 无法识别
    .hint = 对照原件核对
R124 = 含有宏，没有运行，也不会带入简报
R125 = 密码不对，文件打不开
    .hint = 请核对密码（区分大小写）后再试
R126 = 第 { $page } 页没有可见的文字，取的是识别（OCR）层，常用字占 { $share }%
    .hint = 识别结果可能有错字，请对照原文
R127 = 第 { $page } 页没有可见的文字，识别（OCR）层不可信，常用字只占 { $share }%，没有采用
    .hint = 请对照原文补录，或请报送单位提供可编辑的文件
R128 = 文件结构有损坏，已按找到的内容修复后读取
    .hint = 请对照原文，看有没有缺页缺段
R129 = 读取这个文件的进程中断了（{ $how }），已跳过此文件
    .hint = 文件可能损坏或有意构造；请报送单位另存后重发
R130 = 读取超过 { $seconds } 秒，已停止并跳过此文件
    .hint = 请报送单位把文件另存、精简后重发；确需读取，可在配置的 [limits] 中放宽时间
R131 = 读取所需内存超过 { $mib } MiB，已跳过此文件
    .hint = 请报送单位把文件另存、精简后重发；确需读取，可在配置的 [limits] 中放宽内存
R132 = 读取这个文件的进程给出的结果不可信，已跳过此文件
    .hint = 文件可能是有意构造的，不要用其他程序打开；请报告给维护人员
R123 = 自动编号按列表是“{ $counted }”，文件里记的是“{ $written }”；已取“{ $counted }”
    .hint = 对照原件核对编号

N101 = 标题取自首句：{ $title }
N102 = 标题取自单独成行的文字：{ $title }
N103 = 标题由多行合并：{ $title }
N104 = 文中没有标题，取自文件名：{ $title }
    .hint = 核对标题
N105 = 没有找到标题
    .hint = 请补上标题
N201 = 供稿单位“{ $written }”统一为“{ $name }”
N202 = 供稿单位“{ $name }”取自{ $sign ->
    [signature] 文末落款
    [header] 页眉
    [folder] 文件夹名
   *[other] { $sign }
 }，文中没有注明
    .hint = 核对供稿单位
N203 = 供稿单位“{ $name }”不在单位名录中
    .hint = 核对名称，或在配置文件的单位名录中登记
N204 = 没有找到供稿单位
    .hint = 请补上供稿单位
N205 = 供稿单位“{ $name }”与文件夹“{ $folder }”不一致，以文中为准
N301 = 栏目定为“{ $section }”，依据：{ $sign }
N302 = 一个文件中有 { $count } 条信息
N303 = 有文字，但没有找到可用的信息
    .hint = 对照原件核对
N304 = 只有标题没有正文，已作正文保留
    .hint = 对照原件核对
N401 = 删去多余空格 { $count } 处
N402 = 半角标点改为全角 { $count } 处
N403 = 删去不可见字符 { $count } 个
N404 = 全角数字、字母改为半角 { $count } 个
N405 = 直引号改为中文引号 { $count } 个
N406 = 段落在句中断开，已接在“……{ $before }”之后
N501 = 联系人、电话等 { $count } 处不刊登，已略去
N502 = 日期取自落款：{ $date }
N601 = 目录中的“{ $title }”在正文中没有对应标题
    .hint = 核对目录和正文标题是否一致
N602 = 没有找到版头、目录或栏目，可能不是一期简报
    .hint = 核对文件

C201 = 要点序号不连续：缺“{ $missing }”
    .hint = 核对原稿是否漏段；确认无误后可忽略本条
C202 = 导语说有 { $announced } 点，实际有 { $count } 点
    .hint = 核对要点数目
C203 = 标点“{ $mark }”没有配对
    .hint = 补上缺少的一半
C204 = 正文末尾没有句号，可能不完整
    .hint = 对照原件核对
C205 = 正文 { $length } 字，超过 { $limit } 字
    .hint = 请压缩
C301 = 与“{ $earlier }”内容相同，只刊登一次
    .hint = 同一信息报送了两次
C302 = 与“{ $earlier }”标题相同、正文不同
    .hint = 核对采用哪一稿
C303 = “{ $item }”与“{ $path }”中的一条相同，只刊登一次
    .hint = 同一信息报送了两次
C304 = “{ $item }”与“{ $path }”中的一条近似（{ $share }%）
    .hint = 核对是否同一信息
C305 = “{ $item }”是改过的稿件，已代替原稿（第{ $number }稿）
C306 = “{ $item }”是改过的稿件，但“{ $path }”中的原稿已经采用或处理过
    .hint = 核对采用哪一稿
C307 = “{ $item }”与“{ $path }”中的一条单位、题目相同，内容不同，两条都收下了
    .hint = 核对是两条信息，还是整篇改写；改写的，退掉旧的一条：jianbao items reject
C308 = 新文件里没有原来的“{ $title }”（第 { $id } 条）
    .hint = 核对是单位撤回了这一条，还是文件名用于另一篇；撤回的，用 jianbao items reject { $id } 退掉
C401 = 含有密级标志“{ $mark }”，已停止处理
    .hint = 本机不得处理涉密文件，请立即报告保密管理人员

A101 = 原稿 { $count } 段，已合为一段
A102 = 栏目“{ $section }”的信息应有标题，此条没有
    .hint = 请补上标题
A103 = 配置中没有栏目“{ $section }”，已放入“{ $chosen }”
    .hint = 核对栏目
A104 = 附表 { $tables } 个、图片 { $images } 个没有排入
    .hint = 表格超过 30 列，图片不是 PNG、JPEG，或图片在 PDF、网页稿件中；需要时请手工加入
A105 = 没有可以刊登的信息
    .hint = 核对收件文件夹
A106 = 这个版式一期只排 { $most } 条，现有 { $count } 条，都已排入
    .hint = 核对选用的信息，或改用别的版式
A107 = 目录页码或版记所在面是估算的
    .hint = 用 Word 打开后按 Ctrl+A、F9 更新页码，付印前核对版记在双数面

P101 = 删去文档不允许的字符 { $count } 个
P201 = 模板无法读取：{ $what }
    .hint = 在 Word 或 WPS 中打开模板，另存为 .docx
P202 = 模板带有宏，不能用来生成 .docx
    .hint = 另存为不带宏的 .docx
P203 =
    { $mixed ->
        [yes] 模板的占位符“正文”没有单独成段，或在页眉页脚中：{ $text }
       *[no] 模板没有占位符“正文”，信息无处可放
    }
    .hint = 在模板正文中单独一段写上两个花括号括起的“正文”
P204 = 模板没有占位符“{ $name }”，这些内容不会印出：{ $text }
    .hint = 在模板中补上这个占位符，或从配置中删去这项内容
P205 =
    { $known ->
        [yes] 模板的占位符“{ $name }”不认识，照原样留下；是否应为“{ $nearest }”
       *[no] 模板的占位符“{ $name }”不认识，照原样留下
    }
    .hint = 核对占位符的名称
P206 = 模板的占位符“{ $name }”没有单独成段，或在页眉页脚中，没有替换：{ $text }
    .hint = 在模板正文中让它单独成段
P207 = 模板中有未接受的修订，会一起印出
    .hint = 在 Word 中接受或拒绝全部修订
P208 = 模板又引用了另一个模板：{ $address }
    .hint = 在 Word 的“文档模板”中改回 Normal

J101 = 不是稿件（临时文件或系统文件），已跳过
J102 = { $why ->
    [open] 文件正打开着，等待关闭
    [empty] 文件是空的，等待复制完成
    [incomplete] 文件不完整，等待复制完成
   *[unreadable] 暂时读不出：{ $what }
 }
    .hint = 下次运行时再看；30分钟仍不完整、12小时仍未关闭、24小时仍读不出的，退回
J103 = { $state ->
    [quarantined] 与已退回的“{ $path }”是同一个文件，内容没有改，不再收
    [ignored] 与已取出的“{ $path }”是同一个文件，不再收
    [superseded] 与“{ $path }”是同一个文件，但那一稿后来改过；仍用改过的一稿
   *[taken] 与“{ $path }”是同一个文件，不再收
 }
J104 = 稿件已收，但文件无法移出或删除：{ $what }
    .hint = 不会重复收稿，下次运行时再试；请检查收稿文件夹的权限
J105 = 文件还没有收下就被移走或改名了
    .hint = 移到别处或改了名的，会按新文件收；如果是误删，请单位重新报送
J107 = 收件文件夹是空的，而以前收过的稿件都还应在里面：{ $path }
    .hint = 多半是共享文件夹没有挂载，挂载后再运行，没有收也没有出刊；确实清空了的，在里面建好各单位的子文件夹
J108 = { $what ->
    [folder] 是指向别处的链接，不是文件夹，里面的文件没有读
   *[file] 是指向别处的链接，不是文件，没有读
 }
    .hint = 请把文件夹或文件本身放在这里；要连到别处的文件夹，用挂载（mount --bind）代替链接
J201 = 输出文件已存在：{ $path }
    .hint = 改用别的文件名，或加 --force 覆盖
J202 = 无法写入 { $path }：{ $what }
    .hint = 检查文件夹权限和磁盘空间；文件若在 Word 中打开，请先关闭
J203 = 文件夹或文件不存在：{ $path }
    .hint = { $which ->
    [given] 检查命令中写的路径
   *[folder] 检查路径，或在配置文件的 [folders] 中改正
 }
J204 = 配置或计划文件有 { $count } 处错误
    .hint = 按行号改正后重试
J205 = 没有找到稿件：{ $path }
    .hint = 核对收件文件夹
J206 = 本机没有安装 { $program }，简报已生成，但没有清样
    .hint = 请系统管理员安装 { $package }，或者用 Word、WPS 打开简报打印
J207 = 清样没有做成，简报已生成：{ $program }：{ $what }
    .hint = 用 Word、WPS 打开简报打印，或者稍后重试
J301 = 数据库正被另一个程序使用：{ $path }
    .hint = 稍后重试；如果一直这样，请查看是否有没有结束的任务
J302 = 数据库所在的磁盘已满：{ $path }
    .hint = 清理磁盘空间后重试，已有的数据没有改动
J303 = 读写数据库时磁盘出错：{ $path }：{ $what }
    .hint = 请系统管理员检查磁盘，必要时用 jianbao store restore 恢复备份
J304 = 无法打开或写入数据库 { $path }：{ $what }
    .hint = 检查文件夹和文件的权限
J305 = 数据库不能放在网络文件夹（{ $kind }）里：{ $path }
    .hint = 把 [folders] store 改到本机磁盘；确认 FUSE 是本机磁盘时可以设 store_fuse = true
J306 = 不是简报的数据库，没有改动：{ $path }
    .hint = 核对 [folders] store 的路径
J307 = 数据库是更新的版本写的（第 { $found } 版，本程序只认到第 { $known } 版）
    .hint = 请安装新版程序
J308 = 数据库已损坏：{ $path }：{ $what }
    .hint = 不要删除原文件，用 jianbao store restore 恢复最近的备份
J309 = 数据库检查发现：{ $what }
    .hint = 保留数据库文件，与最近的备份核对
J310 = 期号应为 { $next }，配置或命令行写的是 { $wanted }
    .hint = 期号不能跳号、重号；请改正 number 和 cumulative
J311 = 第 { $number } 期的文件已经有了，但数据库里没有这一期：{ $path }
    .hint = 可能恢复了旧备份或换了数据库；核对以前印到第几期，用 jianbao issues skip --number { $number } --reason 原因 登记后再出刊
J312 = 本机日期 { $date } 早于上一期的日期 { $last }，没有出刊
    .hint = 请系统管理员校对时钟；日期确实如此的，用 --date 指明
J401 = 无法启动读取文件的进程：{ $what }
    .hint = 检查程序文件的权限和系统的内存、进程数；也可在配置的 [limits] 中设 workers = false，不用单独的进程读取
J402 = 本机系统缺少隔离措施：{ $missing }；文件仍在单独的进程中读取
    .hint = 升级系统内核后可得到全部隔离措施
J403 = 另一个任务正在运行
    .hint = 等它结束后再运行
J405 = 读写出错：{ $path }：{ $what }
    .hint = 检查磁盘和文件夹的权限后重新运行，没有处理完的会接着处理
J406 = 本机保存的原件丢失或损坏：{ $path }
    .hint = 请系统管理员检查磁盘；请单位把原文件重新报送，再用 jianbao quarantine retry 重新处理
J404 = 磁盘空间不足：{ $path }
    .hint = 清理磁盘空间后重试；收件文件夹里的文件没有动
J501 = 没有“{ $item }”这条信息
    .hint = 用 jianbao items list 查看编号和标题
J502 = “{ $item }”是 { $count } 条信息的标题，编号 { $numbers }
    .hint = 改写编号
J503 = 编号 { $item }“{ $title }”{ $state ->
    [adopted] 已经采用
    [rejected] 已经退稿
    [issued] 已经印发
    [merged] 已经并入别的信息
    [placed] 已编入正在生成的一期
    [itself] 不能并入自己
   *[other] 现在的状态是 { $state }
 }，一条也没有改动
    .hint = { $state ->
    [adopted] 不必再采用；不想采用了，用 jianbao items reject
    [rejected] 先用 jianbao items adopt 恢复采用，再作修改
    [issued] 印发的信息不能再改；整期作废用 jianbao issues void
    [merged] 用 jianbao items show 查看并入了哪一条，修改那一条
    [placed] 等任务完成后再改；这一期不出了，用 jianbao issues void
   *[other] 用 jianbao items show 查看这条信息
 }
J504 = 没有栏目“{ $section }”
    .hint = 可以写：{ $known }
J505 = { $why ->
    [empty] 文本里没有正文，没有改动
    [changed] 这条信息刚被别人改过，没有改动
   *[form] 文件不是一条信息的 JSON，没有改动：{ $what }
 }
    .hint = 用 jianbao items show 查看现在的文本，重新修改
J506 = 退回编号 { $id }{ $state ->
    [absent] 不存在
    [retried] 已经重新处理
    [released] 已经取出
    [superseded] 的文件，单位已重新报送，正在等待处理
   *[other] 现在的状态是 { $state }
 }，一件也没有改动
    .hint = 用 jianbao quarantine list 查看还在退回的文件
J507 = 没有保存“{ $path }”的原件
    .hint = 文件读不出或者太大时不保存原件；请到收件文件夹里找，或请单位重新报送
J508 = 没有第 { $issue } 期
    .hint = 用 jianbao issues list 查看各期
J509 = 有 { $count } 期都是 { $issue }：{ $all }
    .hint = 写成“2025-12”这样的年份和期号，或者“#3”这样的序号（要加引号）
J510 = { $state ->
    [void] 这一期已经作废
   *[other] 这一期现在的状态是 { $state }
 }，没有改动
    .hint = 用 jianbao issues list 查看各期的状态

# 位置
J511 = 没有保存第 { $issue } 期的文件
    .hint = 旧版程序生成的各期没有存底；用 jianbao compose --force 可以按现在的内容重新生成
J512 = 第 { $number } 期已经生成，没有按计划再出
    .hint = 要按计划重做这一期，加 --force；要另出一期，用 --date 写明日期，或用 --number 写明期号
where-docx = 第{ $paragraph }段
where-docx-part = { $part } 第{ $paragraph }段
where-pdf = 第{ $page }页
where-text = 第{ $line }行
where-file = 全文

severity-note = 说明
severity-warning = 警告
severity-error = 错误
hint-label = 提示

what-xlsx = Excel 工作簿
what-xls = Excel 工作簿
what-pptx = PowerPoint 演示文稿
what-ppt = PowerPoint 演示文稿
what-ofd = OFD 版式文件
what-zip = 压缩包
what-macros = 只有宏、没有正文的文件
what-picture = 图片
what-png = 图片
what-jpeg = 图片
what-gif = 图片
what-password = 打开密码
what-ole = OLE 文档
what-odf = OpenDocument 文档
what-visio = Visio 图形
what-outlook = Outlook 邮件
what-publisher = Publisher 出版物
what-rar = 压缩包
what-sevenzip = 压缩包
what-gzip = 压缩包
what-xml = XML 文件
what-irm = 权限保护
what-certificate = 证书加密
what-rtf = RTF
what-html = 网页
what-mhtml = 网页归档（MHTML）
what-word-xml = Word 2003 XML
what-works = Microsoft Works
what-stack-overflow = 栈溢出
what-aborted = 程序中止
what-memory-fault = 内存访问错误
what-killed = 被系统终止
what-exited = 意外退出
what-signal = 收到信号
what-answer-bytes = 结果大小
what-file-bytes = 文件大小
what-part-bytes = 部件大小
what-inflated-bytes = 解压后大小
what-ratio = 压缩比
what-entries = 部件数
what-depth = 嵌套层数
what-paragraphs = 段落数
what-attributes = 属性数
what-pdf-bytes = 解码后大小
what-pdf-pages = 页数
what-pdf-values = 对象数
what-pdf-glyphs = 字符数
what-pdf-operators = 页面指令数
what-chart = 图表
what-diagram = SmartArt 图形
what-object = 嵌入对象
what-control = 控件
what-ink = 墨迹
what-formula = 公式
what-alt-chunk = 嵌入的另一文档
what-sub-document = 子文档
what-field = 没有结果的域
what-content = 页面内容
what-page-limit = 页面其余部分
what-form-depth = 嵌套过深的图形
what-body-text = 部分正文
what-text = 纯文本
what-doc = Word 97–2003
what-docx = Word（.docx）
what-pdf = PDF
what-markdown = Markdown
what-compound-file = 文件的一部分
what-no-container = 不是 .docx 文件，或已损坏
what-too-large-inside = 文件内部异常庞大
what-damaged-xml = 内部结构已损坏或嵌套过深
what-foreign-document = 不是通常的 Word 文档

# 配置
config-syntax = 写法有误：{ $message }
config-unknown = 没有“{ $key }”这一项
config-unknown-near = 没有“{ $key }”这一项，是不是“{ $nearest }”？
config-type = “{ $key }”应为{ $expected ->
    [text] 文字（用引号括起）
    [integer] 整数
    [boolean] true 或 false
    [list] 列表（用方括号括起）
    [length] 长度，如 "37mm"、"28.95pt"
    [size] 字号，如 "三号"、"16pt"
    [colour] 颜色，如 "FF0000"
   *[table] 一节（表）
 }
config-range = “{ $key }”应在 { $min } 到 { $max } 之间
config-missing = 缺少“{ $key }”
config-date = “{ $key }”不是日期，应写成 2025-03-27
config-choice = “{ $key }”只能是：{ $allowed }
config-twice = “{ $name }”出现了两次（{ $key }）
config-inbox = “{ $key }”不能就是收件文件夹，里面的文件都会当作稿件；可以是其中的一个子文件夹
config-lines = 版心高 { $room } 毫米，按这个行距每面只排得下 { $fit } 行，排不下 { $wanted } 行；行距最大 { $pitch }pt，或者改小上下边距、改少 lines
config-characters = 版心宽 { $room } 毫米，每行只排得下 { $fit } 字，排不下 { $wanted } 字；字间距 character_spacing 最大 { $spacing }pt，或者改小左右边距、改少 characters
config-footer = 页码会落在版心里或纸外：下边距是 { $bottom } 毫米，footer（页码到纸边的距离）加上页码的字高要比它小
change-none = 与印发稿相同
change-count = 与印发稿相比有 { $count } 处不同
change-edited =
    第{ $at }条“{ $item }”改了文字：
    { $edits }
change-moved = 第{ $to }条“{ $item }”原为第{ $from }条
change-added = 第{ $at }条“{ $item }”是新加的
change-removed = 印发稿第{ $from }条“{ $item }”删去了
edit-added = 　　增加“{ $new }”
edit-removed = 　　删去“{ $old }”
edit-replaced = 　　“{ $old }”改为“{ $new }”
against-one-file = 用 --against 时，一次只能读一个文件
against-empty = --against 的文件里没有读到信息
deviation = { $place }：{ $measure }是 { $found }，应为 { $wanted }
deviation-section = 第{ $number }节的页面
deviation-paragraph = 第{ $number }段“{ $text }…”
deviation-document = 全文
measure-paper = 纸张
measure-top = 天头（上边距）
measure-bottom = 下边距
measure-left = 订口（左边距）
measure-right = 右边距
measure-lines = 每面行数
measure-footer = 页脚到纸边的距离
measure-page-number = 页码
measure-dashes = 页码及其一字线
measure-odd-even = 奇偶页不同的页脚
measure-size = 字号
measure-face = 字体
measure-pitch = 固定行距
measure-indent = 首行缩进字符数
measure-blanks = 代替首行缩进的空格数
layout-kept = 符合版式
layout-not-kept = 有 { $count } 处不合版式
layout-name = 版式：gusu 简报，gb9704 一般公文，brief 专报
layout-items = 一期最多几条，0 表示不限
layout-join = 一条信息的各段合为一段
layout-head = 首页上部：masthead 版头，title 只有标题
layout-contents = 目录：none 没有，titles 只列标题，pages 标题和页码
layout-sections = 印出栏目名
layout-template-has = 有：{ $names }
layout-template-lacks = 没有：{ $names }
layout-titles = 标题：run-in 接排在正文前，own-line 单独成行
layout-points = 要点标题（一是……）：plain 同正文，kai 楷体
layout-signature = 文末署名和日期（7.3.5）
layout-colophon = 版记：none 没有，last-page 末页，even-page 双数面
layout-width = 纸宽（GB/T 9704 5.1）
layout-height = 纸高
layout-top = 天头（5.2.1）
layout-bottom = 下边距：版心高 225 毫米
layout-left = 订口（5.2.1）
layout-right = 右边距：版心宽 156 毫米
layout-mirrored = 双面印刷，双页左右对调
layout-footer = 页码到纸边的距离；页码的一字线在版心下边缘之下 7 毫米（7.5）
layout-line = 行距，固定值
layout-lines = 每面行数（5.2.3）
layout-characters = 每行字数（5.2.3）
layout-spacing = 字间距
layout-font-name = 简报名称的字体（7.2.4）
layout-font-body = 正文的字体（5.2.2）
layout-font-edition = 版名的字体
layout-font-title = 栏目和标题的字体（7.3.3）
layout-font-headline = 单独成行的标题的字体（7.3.1）
layout-font-number = 页码的字体（7.5）
layout-font-latin = 字母和数字的字体
layout-red = 简报名称和红线的颜色（7.2.4）
layout-size-name = 简报名称的最大字号，名称长时自动缩小
layout-size-edition = 版名的字号
layout-size-body = 正文的字号（5.2.2）
layout-size-headline = 单独成行的标题的字号（7.3.1）
layout-size-colophon = 版记的字号（7.4.2）
layout-colophon-line = 版记的行距
layout-size-number = 页码的字号（7.5）
layout-size-table = 表格的字号
layout-size-dense-table = 栏多的表格的字号
config-number-missing = 缺少期号：请在 [issue] 中写 number，或用 --number
config-date-missing = 缺少日期：请在 [issue] 中写 date，或用 --date
password-one-file = --password 只能用于一个文件，不能用于多个文件或文件夹
store-sound = 数据库完好：{ $path }
store-saved = 已备份到 { $path }
store-restored = 已恢复数据库：{ $path }
store-kept = 原来的数据库保留在 { $path }
finding-integrity = 文件结构有错：{ $what }
finding-reference = 表 { $table } 有 { $count } 行所指的内容不存在
finding-audit = 操作记录从第 { $row } 条起被改动或截断
finding-conservation = 收到 { $receipts } 个文件，有去向的是 { $accounted } 个
finding-gap = 期号不连续，缺 { $missing } 个（{ $counter }，{ $period }）
finding-issued = { $count } 条信息的状态与所在的期不一致
layer-default = 默认值
layer-layout = 版式 { $name }
layer-file = 配置文件第{ $line }行
layer-line = 第{ $line }行
layer-environment = 环境变量 { $variable }
layer-command-line = 命令行

# 计划文件
plan-item = { $state ->
    [rejected] “{ $item }”已经退稿
    [issued] “{ $item }”已经印发
    [merged] “{ $item }”已经并入别的信息
    [placed] “{ $item }”已编入正在生成的一期
    [same] “{ $item }”与另一条信息内容相同，只能刊登一条
    [twice] “{ $item }”与前面的一项是同一条信息
   *[absent] 没有“{ $item }”这条信息
 }

# 选稿
column-item = 编号
column-state = 状态
column-section = 栏目
column-unit = 单位
column-title = 标题
column-time = 时间
column-code = 代码
column-path = 文件
column-why = 原因
column-order = 序号
column-number = 期号
column-cumulative = 总期号
column-date = 日期
column-items = 条数
state-new = 待定
state-adopted = 采用
state-rejected = 退稿
state-issued = 已印发
state-merged = 已并入
state-pending = 正在生成
state-done = 已生成
state-void = 作废
action-adopt = 采用
action-reject = 退稿
action-edit = 修改
action-move = 改栏目
action-merge = 并入别的信息
action-merged = 并入另一条
item-head = 编号 { $item }　{ $state }　{ $section }　{ $name }
item-from = 来稿：{ $path }
item-revision = 第{ $number }稿　{ $time }　来稿 { $source }　{ $title }
item-edition = 第{ $number }稿　{ $time }　{ $editor } 修改　{ $title }
item-decision = { $time }　{ $editor }　{ $action }　{ $reason }
item-near = 与编号 { $item }“{ $title }”有 { $share }% 相同
item-decided = 编号 { $item }“{ $title }”：{ $state }
item-moved = 编号 { $item }“{ $title }”改放“{ $section }”
item-merged = 编号 { $item }“{ $title }”已并入编号 { $into }
item-edited = 编号 { $item }“{ $title }”已修改，现在是第{ $number }稿
item-unchanged = 编号 { $item }“{ $title }”没有改动
edit-no-editor = 请用 --file 指定改好的文本文件，或用 --title 改标题；在终端中设了环境变量 EDITOR 时可以直接修改
edit-given-up = 编辑程序没有正常结束，没有改动
editor-unnamed = 未署名
plan-head =
    选稿计划：按印发次序排列。调整次序就移动整段，不用的删去；section = "brief" 可改放别的栏目。
    改好后：jianbao compose --plan 本文件
plan-written = 已写入 { $path }，共 { $items } 条
held-retried = { $count } 件退回的文件下次运行时重新处理
held-released = 退回编号 { $id } 已取出，不再处理
issue-head = 序号 { $order }　第{ $number }期{ $cumulative ->
    [none] {""}
   *[other] 　总第{ $cumulative }期
 }　{ $date }　{ $state }　{ $items } 条　{ $path }
issue-item = { $position }. 编号 { $item }　{ $title }　{ $unit }
issue-void = 第{ $number }期已作废，期号保留不再使用；其中 { $items } 条信息恢复为采用
issue-file-stays = 文件没有删除：{ $path }
issue-skipped = 已登记 { $count } 个期号为已用，下一期从第 { $number } 期之后接着编
issue-not-skipped = 第 { $number } 期早已在册，没有改动
skip-needs-reason = 登记已用的期号必须用 --reason 写明原因
issue-written = 已按存底重新写出：{ $path }
issue-there = 文件就在原处，与存底一致：{ $path }
void-needs-reason = 作废必须用 --reason 写明原因

# 结尾的汇总
summary-files = 文件
summary-ok = 正常
summary-doubtful = 存疑
summary-failed = 失败
summary-skipped = 跳过
summary-items = 信息
summary-printed = 刊登
summary-duplicates = 重复
summary-inventory = 收件 { $received }：已收 { $accepted }，重复 { $duplicate }，退回 { $quarantined }，等待 { $waiting }
summary-returned = 已退回：{ $path } → { $folder }
summary-already = { $year }年第{ $number }期已经生成过：{ $path }
summary-already-missing = { $year }年第{ $number }期已经生成过，但文件已不在 { $path }；需要再写一份，用 jianbao issues write { $year }-{ $number }
summary-nothing = 没有新的信息，不出新的一期
summary-issue = 已生成：{ $path }（{ $year }年第{ $number }期，{ $items } 条）
summary-proof = 清样：{ $path }
summary-reading = 读取
summary-notes-hidden = 另有 { $count } 条说明，加 --verbose 查看

# 命令行

job-unknown = 配置文件中没有名为“{ $name }”的任务（[[job]]），已有的：{ $known }
summary-statistics = 已写出统计：{ $path }
statistics-title = 报送采用情况（{ $from } 至 { $to }）
statistics-unit = 单位
statistics-submitted = 来件
statistics-accepted = 收下
statistics-duplicate = 重复
statistics-quarantined = 退回
statistics-waiting = 等待
statistics-printed = 刊登条数
statistics-unknown = 未注明单位
statistics-total = 合计

folder-inbox = 收件文件夹
folder-output = 输出文件夹
folder-quarantine = 退回文件夹
folder-data = 数据文件夹
folder-store = 数据库所在文件夹
folder-backup = 备份文件夹
folder-statistics = 统计文件夹
doctor-fine = [正常]
doctor-note = [注意]
doctor-error = [错误]
doctor-hint = 。办法：{ $hint }
doctor-config = 配置文件没有错误：{ $path }
doctor-root = 现在以 root 的身份检查，看不出定时任务的用户有没有权限
    .hint = 改用 sudo -u 用户名 jianbao doctor 再查一次
doctor-readable = { $folder }可读：{ $path }
doctor-writable = { $folder }可写：{ $path }
doctor-folder-new = 还没有{ $folder }，第一次运行时新建：{ $path }
    .hint = 用 install-service 之前，先用 mkdir 建好
doctor-folder-missing = 没有{ $folder }：{ $path }
    .hint = 新建这个文件夹，或者核对 [folders] 中的路径；共享文件夹是否已经挂载
doctor-unreadable = { $folder }读不了：{ $path }：{ $what }
    .hint = 给运行程序的用户读的权限；共享文件夹在挂载选项中设 uid、file_mode、dir_mode
doctor-unwritable = { $folder }写不了：{ $path }：{ $what }
    .hint = 用 chown 把它交给运行程序的用户；共享文件夹检查是否以只读方式挂载
doctor-local = { $folder }在本机磁盘上：{ $path }
doctor-network = { $folder }在网络文件夹（{ $what }）里：{ $path }
    .hint = 改到本机磁盘上，例如 /var/lib/jianbao；确认 FUSE 是本机磁盘时可以设 store_fuse = true
doctor-inside = { $folder }在收件文件夹里：{ $path }
    .hint = 不会当作稿件，但各单位看得见，也可能误删；改到收件文件夹之外
doctor-space = 磁盘剩余 { $free } MiB，至少留 { $reserve } MiB：{ $path }
doctor-space-low = 磁盘只剩 { $free } MiB，至少要留 { $reserve } MiB：{ $path }
    .hint = 清理磁盘；留多少由 [arrival] reserve_mib 决定
doctor-store-new = 还没有数据库，第一次运行时新建：{ $path }
    .hint = 如果以前运行过，请核对 [folders] store，不要让期号从头编起
doctor-store-sound = 数据库完好：{ $path }
doctor-store-amiss = 数据库有 { $count } 处对不上：{ $path }
    .hint = 运行 jianbao store check 逐处查看，必要时用 jianbao store restore 恢复备份
doctor-store-failed = 数据库打不开：{ $path }：{ $what }
    .hint = 运行 jianbao store check 查看
doctor-clock = 时钟：{ $now }
doctor-clock-back = 时钟倒退了：现在是 { $now }，数据库里已有 { $newest } 的记录
    .hint = 校准本机时钟（timedatectl），再运行
doctor-clock-unset = 时钟没有校准：现在是 { $now }
    .hint = 校准本机时钟（timedatectl），再运行
doctor-faces = 公文字体齐全
doctor-faces-missing = 本机没有这些字体：{ $faces }
    .hint = 不影响生成 Word 文件，打开简报的电脑上有就行；本机的清样会换成别的字体
doctor-faces-unknown = 查不到本机的字体（没有 fc-list）
    .hint = 不影响生成 Word 文件；要查字体请安装 fontconfig
doctor-program = { $program }：{ $path }
doctor-program-missing = 没有安装 { $program }
    .hint = 只有出清样（--pdf、--png）才用到，需要时安装 { $package }
doctor-program-unused = tesseract：{ $path }（本程序不用）
doctor-sandbox = 读稿进程的保护齐全
doctor-sandbox-off = 没有用单独的受限进程读稿（[limits] workers = false）
    .hint = 删去这一项，让有问题的稿件不影响程序

service-written = 已写出：{ $path }
service-hidden = 注意：服务看不到 { $path }，因为 /home、/root、/tmp 对它是空的；请移到 /srv、/opt 或 /var/lib 下，再运行一次
service-next = 下一步：sudo systemctl daemon-reload && sudo systemctl enable --now { $unit }.timer（用户 { $user } 要先建好）
service-option = { $option } 写得不对：“{ $text }”

cli = 把各单位报送的 Word、PDF 稿件汇编成一期简报
cli-lang = 界面语言：zh 或 en
cli-run = 读取收件文件夹，生成本期简报
cli-convert = 把文件和文件夹转换成统一格式的信息，不生成简报
cli-compose = 由选定的信息生成一期简报
cli-import = 把已印发或改过的一期简报还原成信息
cli-check = 只检查，不输出信息
cli-config = 查看配置
cli-config-show = 列出每一项配置的值
cli-layout = 查看简报的版式
cli-layout-show = 列出版式的各项尺寸，可以直接抄进配置文件
cli-layout-check = 检查一个 Word 文件是否符合版式
cli-layout-template = 列出一个 Word 模板中的占位符
cli-items = 查看、挑选和修改收到的信息
cli-items-list = 列出收到的信息
cli-items-show = 显示一条信息的全文和经过
cli-items-adopt = 采用
cli-items-reject = 退稿
cli-items-edit = 修改标题或文本
cli-items-move = 改放别的栏目
cli-items-merge = 两条并作一条
cli-plan = 写出本期的选稿计划，供调整次序
cli-quarantine = 查看和处理退回的文件
cli-quarantine-list = 列出退回的文件
cli-quarantine-retry = 下次运行时重新处理
cli-quarantine-release = 由人工处理，不再列出
cli-issues = 查看各期和期号
cli-issues-list = 列出各期
cli-issues-show = 显示一期的期号、文件和信息
cli-issues-write = 按存底把某一期的文件再写一份
cli-issues-skip = 登记以前不是用本程序印的期号，下一期接着往后编
cli-issues-void = 作废一期，期号保留不再使用
cli-store = 查看和维护数据库
cli-store-check = 检查数据库是否完好
cli-store-backup = 把数据库备份到一个文件
cli-store-restore = 用备份恢复数据库，原有的数据库改名保留
cli-store-export = 把数据库的全部内容输出为 JSON 行
cli-job = 按名称依次运行配置文件中的任务（[[job]]）
cli-doctor = 检查本机是否具备运行条件
cli-install-service = 生成 systemd 定时任务的两个文件
cli-worker = 供程序自己启动：逐个读取文件的进程
cli-schema = 输出 JSON 格式说明（JSON Schema）
cli-arg-only = 只做一半：ingest 只收稿，compose 只出简报
cli-arg-names = 任务名称
cli-arg-run_jobs = 定时运行这些任务，不写则运行 run
cli-arg-user = 以这个用户的身份运行
cli-arg-dir = 写入这个文件夹
cli-arg-unit = 服务名称
cli-arg-on_calendar = 何时运行，写法见 systemd.time，如 "Mon..Fri 08:30"
cli-arg-on_failure = 运行失败时启动的服务
cli-arg-dry_run = 只显示，不写文件
cli-arg-config = 配置文件
cli-arg-used = 已经用到的最后一个期号
cli-arg-used-cumulative = 已经用到的最后一个总期号
cli-arg-supplement = 增刊，另行编号
cli-arg-date = 印发日期，如 2025-03-27
cli-arg-number = 期号
cli-arg-cumulative = 总期号
cli-arg-output = 输出文件
cli-arg-against = 印发的那一期（.docx），列出改动并沿用原来的编号
cli-arg-file = Word 文件
cli-arg-copy = 备份文件
cli-arg-pdf = 同时用 LibreOffice 生成 PDF 清样
cli-arg-png = 同时生成每一页的图片清样（PNG）
cli-arg-force = 覆盖已有的输出文件
cli-arg-isolate = 在单独的受限进程中读取文件
cli-arg-jobs = 同时处理的文件数（默认等于处理器核数）
cli-arg-report = 把处理报告写入这个 JSON 文件
cli-arg-to = 输出格式
cli-arg-password = PDF 文件的打开密码，一次只能读一个文件
cli-arg-paths = 文件或文件夹
cli-arg-plan = 选稿计划文件
cli-arg-origin = 同时列出每个值来自哪里
cli-arg-verbose = 同时列出全部说明
cli-arg-set = 临时改一项配置，如 --set items.length=800
cli-arg-item = 编号、标题或完整名称
cli-arg-items = 编号、标题或完整名称，可以写几条
cli-arg-state = 只列这种状态：new 待定、adopted 采用、rejected 退稿、issued 已印发
cli-arg-section = 栏目
cli-arg-text = 改好的文件：.txt 每段一行，或 .json
cli-arg-title = 新标题
cli-arg-reason = 原因
cli-arg-editor = 编辑姓名（默认为登录名）
cli-arg-into = 并入这一条
cli-arg-from = 被并入的一条
cli-arg-ids = 退回编号
cli-arg-held = 退回编号
cli-arg-all = 全部
cli-arg-issue = 期号，如 12 或 2025-12
cli-arg-help = 显示帮助
cli-arg-version = 显示版本
cli-usage = 用法
cli-commands = 命令
cli-arguments = 参数
cli-options = 选项
error-label = 出错
error-usage = 命令行有误

# 退回的原因
quarantine-reason =
    文件：{ $file }
    单位：{ $unit }
    时间：{ $time }
    代码：{ $code }
    原因：{ $message }
    办法：{ $hint }
