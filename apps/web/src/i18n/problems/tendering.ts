import type { ProblemTexts } from './problem-texts.js';

/** Tenders from the draft to the award. */
export const tendering: ProblemTexts = {
  'template.unknown': ['没有这个模板。', 'There is no such template.'],
  'procedure.invalid': ['程序参数超出允许范围。', 'The procedure’s limits are not valid.'],
  'tender.unknown': ['没有这个项目，或您无权查看。', 'There is no such tender, or it is not open to you.'],
  'tender.wrong-stage': [
    '项目当前阶段不能进行此操作。',
    'This is not possible at the stage where the tender stands.',
  ],
  'document.unknown': ['没有这个文件，请先上传。', 'There is no such document. Upload it first.'],
  'committee.invalid': [
    '开标见证人组不符合要求，请检查人数、法定人数和人员。',
    'The committee of trustees is not valid. Check its number, its quorum and its people.',
  ],
  'committee.incomplete': [
    '还有见证人没有提交公钥声明，收齐后才能发布。',
    'Key statements of some trustees are missing. All must be in before publishing.',
  ],
  'panel.invalid': ['评标专家组不符合要求。', 'The expert panel is not valid.'],
  'mailbox-key.invalid': ['应急信箱的公钥无效，请核对。', 'The key of the mailbox is not valid. Check it.'],
  'deadline.too-early': [
    '投标截止时间过早，少于规定的公告天数，请改晚。',
    'The deadline is too early for the days of notice that are due. Choose a later one.',
  ],
  'trustee.not-appointed': ['您不是本项目的开标见证人。', 'You are not a trustee of this tender.'],
  'rehearsal.unknown': ['本见证人组没有开标演练。', 'There is no rehearsal with this committee.'],
  'statement.invalid': ['公钥声明无效，请重新生成。', 'The key statement is not valid. Make it anew.'],
  'question.too-late': ['提问时间已过。', 'The time for questions is over.'],
  'question.too-many': ['提问数量已达上限。', 'No more questions can be asked in this tender.'],
  'question.unknown': ['没有这个问题。', 'There is no such question.'],
  'question.already-answered': ['该问题已经答复。', 'This question was answered already.'],
  'standstill.not-over': ['公示期尚未结束，请在结束后定标。', 'The standstill is not over. Award after it.'],
  'scoring.not-open': ['尚未到评分阶段。', 'Scoring is not open.'],
  'scoring.not-locked': ['评分尚未锁定。', 'Scores are not locked yet.'],
  'expert.not-appointed': ['您不是本项目的评标专家。', 'You are not an expert of this tender.'],
  'declaration.missing': ['请先作回避声明。', 'Declare conflicts of interest first.'],
  'declaration.already-made': [
    '回避声明已经提交，不能更改。',
    'The declaration was made already and cannot be changed.',
  ],
  'sheet.already-signed': [
    '评分表已经签名，不能更改。',
    'The score sheet was signed already and cannot be changed.',
  ],
  'sheet.incomplete': ['评分表尚未填完。', 'The score sheet is not complete.'],
  'score.out-of-range': ['分值超出范围。', 'A score is out of its range.'],
  'evaluation.not-yet': ['尚未完成评审。', 'Not evaluated yet.'],
  'method.invalid': [
    '评标办法有误，请按提示修改。',
    'The evaluation method is not valid. Change what is named.',
  ],
  'method.trial-too-long': [
    '按此办法试算所需时间过长，请减少样本报价份数。',
    'This method takes too long to try. Use fewer sample bids.',
  ],
  'method.trials-too-many': [
    '其他评标办法正在试算，请稍后重试。',
    'Other methods are being tried. Try again in a moment.',
  ],
  'evaluation.input-invalid': [
    '报价、评分表或抽取结果与评标办法不符。',
    'Bids, score sheets or draws do not fit the method.',
  ],
  'evaluation.bid-unknown': ['评审中没有这份投标。', 'There is no such bid in the evaluation.'],
  'evaluation.mismatch': [
    '重新计算的结果与公布结果不一致。',
    'The evaluation does not recompute to what was published.',
  ],
  'workbook.too-large': ['工作簿过大。', 'The workbook is too large.'],
  'workbook.bomb': [
    '工作簿解压后异常巨大，已拒绝。',
    'The workbook inflates far beyond what it needs, and was refused.',
  ],
  'workbook.malformed': ['这不是完好的 .xlsx 工作簿。', 'This is not a sound .xlsx workbook.'],
  'workbook.encrypted': [
    '工作簿有密码保护，请取消后再上传。',
    'The workbook is protected by a password. Remove it and upload again.',
  ],
  'workbook.forbidden-content': [
    '工作簿含有宏、外部链接或其他活动内容，请删除后再上传。',
    'The workbook contains macros, external links or other active content. Remove them and upload again.',
  ],
  'workbook.too-complex': [
    '工作簿过于复杂，无法在限定资源内读取。',
    'Reading the workbook takes too much time or memory.',
  ],
  'workbook.header-invalid': [
    '没有找到工程量清单的表头。',
    'The header row of the bill of quantities was not found.',
  ],
  'workbook.layout-invalid': [
    '工程量清单不是一个连续的区域。',
    'The bill of quantities is not one block of lines.',
  ],
  'workbook.lines-too-many': ['工程量清单行数超过上限。', 'The bill of quantities has too many lines.'],
  'workbook.number-invalid': [
    '有数量或单价不是普通数字，请按提示改正。',
    'A quantity or price is not a plain number. Correct the cell that is named.',
  ],
  'workbook.formula-forbidden': ['有单元格是公式，请改为数值。', 'A formula stands where a value must be.'],
  'tender.suspended': [
    '项目已暂停，恢复后才能继续。',
    'The tender is suspended; this is possible once it goes on.',
  ],
  'tender.not-suspended': ['项目没有暂停。', 'The tender is not suspended.'],
  'tender.postponed': [
    '暂停期间投标截止时间已过，只能取消后重新招标。',
    'The deadline passed during the suspension: cancel, and publish a new tender.',
  ],
  'workbook.merge-forbidden': [
    '合并单元格遮住或共用了清单中的数字，请取消合并。',
    'Merged cells hide or share numbers of the bill. Undo the merging.',
  ],
  'price.none-in-question': ['目前没有需要澄清的报价。', 'No price of this tender is in question now.'],
  'price.not-flagged': ['该报价未被提示为异常低价。', 'This price is not in question.'],
  'price.already-asked': ['已要求该投标人说明报价。', 'The bidder was asked already.'],
  'price.not-asked': ['没有待答复的澄清。', 'There is no open question to answer.'],
  'price.answer-late': ['说明报价的时间已过。', 'The time to explain the price is over.'],
  'price.not-heard': [
    '须在投标人答复后或答复期限届满后，才能否决。',
    'The bid can be rejected once its bidder has answered, or once the time to answer is over.',
  ],
  'price.already-decided': ['该报价已作出决定。', 'This price was decided on already.'],
  'evaluation.fixed': [
    '公示已开始，评审结果不能再更正。',
    'The standstill has begun: the evaluation is fixed.',
  ],
  'correction.pending': ['已有一项更正等待监督人员确认。', 'Another correction waits for a supervisor.'],
  'correction.too-many': ['更正次数已达上限。', 'The evaluation was corrected as often as it may be.'],
  'correction.changes-nothing': [
    '该更正不改变任何内容。',
    'The correction changes nothing: the bids count so already.',
  ],
  'correction.unknown': ['没有等待确认的这项更正。', 'No such correction waits for a supervisor.'],
  'correction.own': ['提出更正的人不能确认更正。', 'Who proposed the correction cannot confirm it.'],
  'evaluation.version-unknown': ['没有这个版本的评审结果。', 'The evaluation has no such version.'],
  'report.not-yet': ['报告正在生成，请稍后再试。', 'The report is being made. Try again in a moment.'],
  'report.too-large': ['报告过大，无法生成。', 'The report would be too large.'],
};
