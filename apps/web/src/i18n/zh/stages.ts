export const stages = {
  draft: '草稿',
  published: '招标中',
  closed: '已截标',
  'technical-opened': '技术标已开启',
  'scores-locked': '技术评分已锁定',
  'commercial-opened': '商务标已开启',
  ranked: '已排序',
  standstill: '公示中',
  awarded: '已定标',
  suspended: '已暂停',
  failed: '流标',
  cancelled: '已取消',
} as const;
