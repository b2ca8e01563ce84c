export type ReportLanguage = 'zh' | 'en';

export const COMPARISON_WORDS = {
  zh: {
    bids: '投标汇总',
    bidsHeader: ['名次', '代号', '投标报价', '清单', '错误', '提示'],
    lines: '综合单价对比',
    linesHeader: ['项目编码', '项目名称', '单位', '工程量', '控制价单价', '平均单价'],
    offEstimate: '偏离控制价%',
    offMean: '偏离均价%',
    read: '已读取',
    unread: '无法读取',
  },
  en: {
    bids: 'Bids',
    bidsHeader: ['Rank', 'Alias', 'Offered price', 'Bill', 'Errors', 'Flags'],
    lines: 'Unit prices',
    linesHeader: ['Code', 'Item', 'Unit', 'Quantity', 'Estimate', 'Mean'],
    offEstimate: '% off estimate',
    offMean: '% off mean',
    read: 'read',
    unread: 'cannot be read',
  },
} as const;

export const CHECK_WORDS = {
  zh: {
    findings: '检查结果',
    findingsHeader: ['代码', '类别', '说明', '工作表', '单元格', '项目编码', '应为', '实际', '详情'],
    corrections: '算术修正',
    correctionsHeader: ['工作表', '单元格', '项目编码', '原值', '修正值'],
    sum: '合计',
    error: '错误',
    flag: '提示',
  },
  en: {
    findings: 'Findings',
    findingsHeader: ['Code', 'Kind', 'Meaning', 'Sheet', 'Cell', 'Item', 'Expected', 'Found', 'Detail'],
    corrections: 'Corrections',
    correctionsHeader: ['Sheet', 'Cell', 'Item', 'As read', 'Corrected'],
    sum: 'Total',
    error: 'error',
    flag: 'flag',
  },
} as const;

/** What a finding means, in a few words; codes of unreadable workbooks speak for themselves. */
export const FINDING_WORDS: Readonly<Record<string, Readonly<Record<ReportLanguage, string>>>> = {
  'line.missing': { zh: '缺项', en: 'Line is missing' },
  'line.extra': { zh: '多项', en: 'Line was not asked for' },
  'line.duplicate': { zh: '重复项', en: 'Line stands too often' },
  'name.changed': { zh: '项目名称被修改', en: 'Item was changed' },
  'unit.changed': { zh: '计量单位被修改', en: 'Unit was changed' },
  'quantity.changed': { zh: '工程量被修改', en: 'Quantity was changed' },
  'price.blank': { zh: '单价空白', en: 'Unit price is blank' },
  'price.zero': { zh: '零报价', en: 'Unit price is zero' },
  'price.negative': { zh: '负单价', en: 'Unit price is negative' },
  'price.over-limit': { zh: '单价超过限价', en: 'Unit price is above the limit' },
  'price.unbalanced': { zh: '不平衡报价', en: 'Unit price is unbalanced' },
  'amount.wrong': { zh: '工程量×单价≠合价', en: 'Quantity × unit price is not the amount' },
  'subtotal.differs': { zh: '小计不符', en: 'Subtotal is not the sum of its lines' },
  'total.differs': { zh: '合计不符', en: 'Total is not the sum of the lines' },
};
