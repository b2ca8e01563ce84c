/** Code → what is wrong, and what can be done. */
export const problems: Readonly<Record<string, string>> = {
  'network.unreachable': '无法连接平台。请检查网络；恢复后点“重试”，不会重复提交。',
  'internal.error': '平台内部出错，您的操作没有生效。请稍后重试。',
  'session.missing': '请先登录。',
  'sign-in.refused': '用户名或密码不正确。',
  'sign-in.too-many': '尝试次数过多，请一分钟后再试。',
  'access.denied': '您的角色无权进行此操作。',
  'tender.unknown': '没有这个项目，或您无权查看。',
  'route.unknown': '没有这个地址。',
};
