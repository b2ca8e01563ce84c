import type { ProblemTexts } from './problem-texts.js';

/** What supervision refuses. */
export const supervision: ProblemTexts = {
  'alarm.unknown': ['没有这条预警。', 'There is no such alarm.'],
  'alarm.wrong-state': [
    '该预警已被处理，请刷新后查看当前状态。',
    'The alarm was handled otherwise already; load it again.',
  ],
  'export.unknown': ['没有这份导出文件。', 'There is no such export.'],
  'export.not-ready': [
    '导出文件尚在生成，请稍后再试。',
    'The export is still being written; try again soon.',
  ],
  'export.failed': ['导出文件未能生成，请重新导出。', 'The export could not be written; ask for it again.'],
  'export.font-missing': [
    '平台未安装生成 PDF 所需的中文字体，请改用表格格式。',
    'No font for PDF files is installed here; take a workbook instead.',
  ],
  'export.too-large': [
    '导出内容过多，请缩小筛选范围。',
    'The export would be too large; narrow what it takes out.',
  ],
  'export.too-many': [
    '等待生成的导出过多，请等已有的完成。',
    'Too many of your exports wait; let those be written first.',
  ],
  'feed.too-many': [
    '打开的实时监督窗口过多，请先关闭一些。',
    'Too many live feeds are open; close some first.',
  ],
};
