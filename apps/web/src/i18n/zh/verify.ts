export const verify = {
  build: { name: '门户构建指纹', whole: '全部文件' },
  verify: {
    title: '公开核验',
    here: '在浏览器中核验本项目',
    why: '本页在您自己的电脑上核验：程序自行读取存证账本的文件，逐项重新计算，不采信平台给出的结论。无需账号，您选择的文件不会上传。',
    program:
      '本页的程序也由平台提供。页脚的构建指纹可与他人看到的比对；更严格的核验请使用独立程序 sunseal 离线进行。',
    result: '核验结果',
    running: '正在核验…',
    gathered: '正在取得公开文件，已取得 {{count}} 个',
    verified: '全部成立。',
    verifiedPartly: '已核验的各项全部成立；标有“!”的项目未能核验，原因见该项说明。',
    unread: '有文件未能取得，因此未能得出结论。这不说明有人作假；请稍后重试。',
    fault: '核验不通过：发现与存证不符之处。',
    inFile: '出现在文件：{{file}}',
    finding: '程序给出的原因（英文）：',
    whatNow: '请保存本页内容，并告知监督部门。可用另一台电脑、另一网络或独立程序 sunseal 再次核验。',
    limitsTitle: '本次核验不能说明的事',
    limits: {
      tender:
        '证书机构和账本公钥取自平台，除非您在“可信密钥”中另行提供。平台是否向别人出示另一本账本，单凭本机看不出来：请与他人比对账本的记录数和根哈希，或由见证方联署证明。投标文件内容是否属实，不在核验范围之内。',
      receipt:
        '回执只证明平台当时收到了什么、何时收到。该投标是否开启、如何评分，请核验整个项目。密钥取自回执自身或平台时，伪造整份回执的人也能伪造密钥。',
      entry: '这只证明该记录在账本中的位置。记录所述之事是否属实、是否另有未入账的行为，请核验整个项目。',
    },
    tender: {
      title: '核验整个项目',
      field: '项目编号',
      hint: '在项目公告页底部点击“在浏览器中核验本项目”，编号会自动填入。项目结束后可整体核验。',
      malformed: '项目编号形如 019ab0c4-0000-7000-8000-000000000000。',
      act: '核验项目',
    },
    receipt: {
      title: '核验回执文件',
      field: '回执文件（.zip，监督信箱的回执为 .json）',
      hint: '回执由投标人递交后下载。文件只在本机读取。',
      'none-chosen': '请先选择回执文件。',
      'too-large': '文件超过 2 MB，不是回执文件。',
      act: '核验回执',
    },
    entry: {
      title: '核验一条存证记录',
      field: '记录序号或叶哈希',
      hint: '序号从 0 起；叶哈希为 64 位十六进制字符。',
      malformed: '请填写数字序号，或 64 位十六进制的叶哈希。',
      act: '核验记录',
    },
    anchors: {
      title: '可信密钥（可选）',
      why: '如果您从监督部门、公报等其他途径得到了密钥，请在此填写，核验将以它为准。留空时采用平台给出的密钥，并在结果中说明。',
      ledgerKey: '账本公钥（名称+编号+base64）',
      authority: '证书机构证书（PEM 文件）',
    },
    states: {
      waiting: '等待',
      running: '进行中',
      holds: '成立',
      unchecked: '未核验',
      fault: '不成立',
      unread: '未能取得',
      skipped: '不适用',
      unreached: '未进行',
    },
    steps: {
      tender: {
        gather: '取得公开文件',
        ledger: '存证账本',
        publications: '公告与公开记录',
        receipts: '投标回执',
        acts: '流标或终止后的揭示',
        close: '截标记录',
        openings: '开标与解封密钥',
        signatures: '电子签名',
        evaluation: '评标计算',
      },
      receipt: {
        receipt: '回执自身的各项证明',
        timestamp: '时间戳',
        authority: '证书机构',
        continues: '与当前账本的一致性',
      },
      entry: { checkpoint: '账本签名', inclusion: '记录的位置', reveal: '记录的内容' },
    },
    outcomes: {
      tender: {
        gather: {
          whole: '取得 {{files}} 个文件，与离线核验包相同；开启的信封在用到时读取。',
          running: '项目尚未结束，不能整体核验。以下核验账本和招标条款。',
          later: '投标人名单将于 {{revealAt}} 揭示，此前不能整体核验。以下核验账本和招标条款。',
        },
        ledger: {
          signed:
            '{{entries}} 条记录逐条计算得出账本签名的根哈希；{{reveals}} 条密封存证已揭示，且与当时存证一致。',
          witnessed:
            '{{entries}} 条记录逐条计算得出账本签名的根哈希；{{reveals}} 条密封存证已揭示，且与当时存证一致。见证方以法定数联署了截标记录（前 {{witnessed}} 条），截止点后 {{seconds}} 秒所见账本已含全部投标。',
          demonstration:
            '{{entries}} 条记录逐条计算得出账本签名的根哈希；{{reveals}} 条密封存证已揭示，且与当时存证一致。见证方以法定数联署了截标记录（前 {{witnessed}} 条）；演示时钟下没有截止点。',
        },
        publications: {
          entered: '公告、澄清、开标记录、技术评分和定标结果与账本逐字一致。',
          running: '招标条款的摘要 {{tid}} 与发布时存入账本的一致。',
        },
        receipts: { proven: '{{receipts}} 份投标的存证均在账本中，且与揭示的内容一致。' },
        acts: {
          failed: '流标项目的全部 {{acts}} 项投标行为已揭示，且不早于 {{revealAt}}。',
          cancelled: '终止项目的全部 {{acts}} 项投标行为已揭示，且不早于 {{revealAt}}。',
        },
        close: {
          listed: '由收到的全部行为推得的 {{bids}} 份最终投标，与截标时固定的清单一致：无一遗漏，无一添入。',
          cancelled: '项目在截标前终止，没有最终投标清单；{{acts}} 项行为均在截止前收到。',
        },
        openings: {
          opened: '{{envelopes}} 个信封由见证人的份额重新得出解封密钥并打开，内容与截止前封存的一致。',
          none: '没有信封被开启。',
        },
        signatures: {
          own: '{{manifests}} 份封标清单和 {{sheets}} 份评分表由持证人签名，证书由平台所示证书机构签发。',
          given: '{{manifests}} 份封标清单和 {{sheets}} 份评分表由持证人签名，证书由您信任的证书机构签发。',
        },
        evaluation: {
          recomputed: '按公布的评标办法重新计算 {{steps}} 步，结果与账本中的排序一致（摘要 {{hash}}）。',
          none: '没有投标进入排序。',
        },
      },
      receipt: {
        receipt: {
          seal: '{{platform}} 签名承诺：{{receivedAt}} 收到 {{bidder}} 的密封投标文件第 {{seq}} 版，早于截止时间 {{deadlineAt}}。投标人签名、封标清单的各项证明、账本中的第 {{index}} 条存证均成立。项目编号 {{tenderId}}。',
          withdraw:
            '{{platform}} 签名承诺：{{receivedAt}} 收到 {{bidder}} 的撤回（第 {{seq}} 版），早于截止时间 {{deadlineAt}}。投标人签名、账本中的第 {{index}} 条存证均成立。项目编号 {{tenderId}}。',
          mailbox:
            '监督信箱于 {{receivedAt}}（信箱自己的时钟）收到第 {{seq}} 版投标，存证在信箱的日志中。项目摘要 {{tid}}。',
        },
        timestamp: {
          'in-time': '另一时间戳机构于 {{stampedAt}} 盖章，早于截止时间，不依赖平台的时钟。',
          after: '另一时间戳机构于 {{stampedAt}} 盖章，不早于截止时间：只说明此时回执已存在。',
          none: '回执没有时间戳：收到的时间只有平台自己的说法。',
          missing: '项目要求时间戳，但回执中还没有：请重新下载回执。',
          mailbox: '监督信箱的回执不带时间戳。',
        },
        authority: {
          given: '回执中的证书由您信任的证书机构签发。',
          same: '证书机构与本平台现用的相同，但两者都由平台给出；如有其他来源请填入“可信密钥”。证书摘要 {{sha256}}。',
          other: '证书机构与本平台现用的不同；是否可信请向监督部门查证。证书摘要 {{sha256}}。',
          mailbox: '监督信箱的公钥请与招标描述中的比对。',
        },
        continues: {
          continued: '当前账本共 {{size}} 条，延续了回执所证明的账本，第 {{index}} 条仍是该记录。',
          foreign: '回执属于另一账本（{{origin}}），本平台无法比对。',
          mailbox: '监督信箱的日志不在本平台的账本中。',
        },
      },
      entry: {
        checkpoint: {
          own: '账本 {{origin}} 签名确认共 {{size}} 条记录；公钥取自平台。',
          given: '账本 {{origin}} 以您给出的公钥签名确认共 {{size}} 条记录。',
        },
        inclusion: { proven: '第 {{index}} 条记录在签名的根哈希之下，叶哈希 {{leaf}}。' },
        reveal: {
          open: '公开记录：{{type}}，时间 {{at}}，项目 {{tender}}。',
          revealed: '密封存证，已由第 {{revealedBy}} 条记录揭示为 {{type}}，与当时存证一致。',
          sealed: '密封存证，内容尚未揭示。',
          'too-large': '密封存证。账本超过 {{max}} 条，浏览器不查找它在何处揭示；请使用 sunseal。',
        },
      },
    },
  },
} as const;
