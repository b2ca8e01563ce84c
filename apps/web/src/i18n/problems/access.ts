import type { ProblemTexts } from './problem-texts.js';

/** Access, transport, and the engines behind the platform. */
export const access: ProblemTexts = {
  'network.unreachable': [
    '无法连接平台。请检查网络，恢复后重试；不会重复提交。',
    'The platform cannot be reached. Check the network, then try again: nothing is done twice.',
  ],
  'request.malformed': [
    '填写的内容不符合要求，请按下方提示修改后再提交。',
    'Something in the form is not as it must be. Change what is named below and send it again.',
  ],
  'request.too-large': [
    '内容过大，请减小后再提交。',
    'This is too large. Make it smaller and send it again.',
  ],
  'request.media-type-wrong': ['不接受这种文件类型。', 'This type of file is not taken here.'],
  'request.idempotency-key-missing': [
    '请求不完整，请刷新页面后重试。',
    'The request was incomplete. Reload the page and try again.',
  ],
  'request.origin-foreign': [
    '请求来自其他网站，已拒绝。请在本平台页面内操作。',
    'The request came from another site and was refused. Work on the pages of this platform.',
  ],
  'route.unknown': ['没有这个地址。', 'There is no such address.'],
  'session.missing': ['登录已失效，请重新登录；未提交的草稿会保留。', 'Sign in first; drafts are kept.'],
  'sign-in.refused': ['用户名或密码不正确。', 'Login or password is wrong.'],
  'sign-in.too-many': ['尝试次数过多，请一分钟后再试。', 'Too many attempts. Try again in a minute.'],
  'access.denied': ['您的角色无权进行此操作。', 'Your role does not allow this.'],
  'internal.error': [
    '平台内部出错，本次操作没有生效，请稍后重试。',
    'Something went wrong on our side; nothing was done. Try again in a moment.',
  ],
  'version.conflict': [
    '内容刚被他人修改，请刷新后再操作。',
    'Somebody else changed this meanwhile. Reload and try again.',
  ],
  'idempotency.key-reused': [
    '同一次提交的内容被改动，请刷新页面后重新提交。',
    'The same submission came with other content. Reload the page and send it anew.',
  ],
  'database.unavailable': [
    '数据库暂时不可用，本次操作没有生效，请稍后重试。',
    'The database cannot be reached; nothing was done. Try again in a moment.',
  ],
  'bus.timeout': [
    '服务没有及时答复，请重试；不会重复生效。',
    'A service did not answer in time. Try again: nothing is done twice.',
  ],
  'bus.no-responder': ['有服务尚未启动，请稍后重试。', 'A service is not running. Try again in a moment.'],
  'bus.unavailable': [
    '内部消息通道中断，请稍后重试。',
    'Services cannot reach each other. Try again in a moment.',
  ],
  'bus.closed': ['平台正在重启，请稍后重试。', 'The platform is restarting. Try again in a moment.'],
  'message.too-large': [
    '内容过大，请分次提交。',
    'This is too large for one message. Send it in smaller parts.',
  ],
  'storage.unavailable': [
    '文件存储暂时不可用，没有保存任何内容，请稍后重试。',
    'The file store cannot be reached; nothing was kept. Try again in a moment.',
  ],
  'object.key-invalid': ['文件标识无效。', 'This does not name a file.'],
  'object.not-found': ['没有这个文件。', 'There is no such file.'],
  'object.exists': ['同名位置已有其他内容。', 'Other content is kept under this name.'],
  'object.hash-mismatch': [
    '文件内容与其哈希不一致，可能在传输中损坏，请重新上传。',
    'The bytes differ from their hash; they may have been damaged on the way. Send the file again.',
  ],
  'object.too-large': ['文件超过大小上限。', 'The file is larger than allowed.'],
  'object.retained': ['保存期内不得删除。', 'This is kept by law and cannot be removed yet.'],
  'object.immutable': ['该文件不可更改。', 'This file is never changed.'],
  'object.mutable': ['该文件会变化，不能设置保存期。', 'This file may change and cannot be retained.'],
  'object.range-invalid': ['请求的范围超出文件长度。', 'The file ends before this range.'],
};
