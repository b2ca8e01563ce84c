import type { ProblemTexts } from './problem-texts.js';

/** Bids, uploads and openings. */
export const vault: ProblemTexts = {
  'tender.not-open': ['本项目现在不接收投标。', 'This tender takes no bids now.'],
  'participation.full': ['报名家数已达上限。', 'No more can take part in this tender.'],
  'participation.missing': ['请先报名。', 'Take part first.'],
  'bid.late': ['投标已截止，没有保存任何内容。', 'The deadline has passed. Nothing was kept.'],
  'bid.unknown': ['没有这份投标。', 'There is no such bid.'],
  'bid.sequence-wrong': [
    '版本号不连续，可能已在别处提交过。请刷新状态后重新封标。',
    'This is not the next version; one may have been sent from elsewhere. Reload the status and seal again.',
  ],
  'bid.previous-wrong': [
    '与上一版本不衔接，请刷新状态后重新封标。',
    'This does not follow the previous version. Reload the status and seal again.',
  ],
  'bid.envelopes-wrong': [
    '每个信封须且仅须一份封标清单。',
    'There must be exactly one manifest for each envelope.',
  ],
  'bid.body-missing': ['密文尚未上传完整，请继续上传。', 'An envelope’s body is missing. Go on sending it.'],
  'bid.body-late': ['密文补传时限已过。', 'The time for envelope bodies is over.'],
  'envelope.not-committed': ['没有与该密文对应的封标清单。', 'No manifest commits to this envelope.'],
  'bid.other-organisation': ['由其他企业签名，已拒绝。', 'This was signed by another organisation.'],
  'mailbox.none': ['本项目没有指定应急信箱。', 'This tender names no mailbox.'],
  'mailbox.too-late': ['移交应急信箱内容的时限已过。', 'The time to hand over what a mailbox had is over.'],
  'bid.too-many-versions': ['版本数已达上限。', 'There are too many versions of this bid.'],
  'opening.not-yet': ['尚未到开标时间。', 'The time of the opening has not come.'],
  'opening.not-entitled': ['您不是本项目的开标见证人。', 'You are not a trustee of this tender.'],
  'opening.already-done': ['已经开标。', 'This was opened already.'],
  'opening.halted': ['开标已中止，等待监督部门处理。', 'The opening is halted until a supervisor decides.'],
  'opening.not-halted': ['开标没有中止。', 'The opening is not halted.'],
  'opening.failed': ['开标失败，不再开启。', 'The opening has failed; nothing will be opened.'],
  'rescue.not-open': ['现在不是应急期。', 'It is not the time for rescue identities.'],
  'rescue.already-revealed': ['应急密钥已经提交。', 'The rescue identity was revealed already.'],
  'rescue.identity-wrong': [
    '该应急密钥打不开信封，请核对文件。',
    'This identity does not open the envelope. Check the file.',
  ],
  'bidder-key.not-open': ['现在不是交出自持密钥的时间。', 'It is not the time for bidders’ keys.'],
  'bidder-key.already-released': ['自持密钥已经交出。', 'This key was released already.'],
  'bidder-key.not-released': [
    '未在时限内交出自持密钥，视为撤回投标。',
    'The bidder’s own key was not released in time: the bid is taken back.',
  ],
  'objection.not-open': ['现在不能提出开标异议。', 'There is no time for objections now.'],
  'objection.too-many': ['异议数量已达上限。', 'There are too many objections.'],
  'share.unexpected': ['该信封不应开启。', 'This share is for an envelope that is not to be opened.'],
  'entry.unknown': [
    '账本中还没有这条记录，请几秒后重试。',
    'This is not in the ledger yet. Try again in some seconds.',
  ],
  'upload.unknown': ['没有这次上传，请重新开始。', 'There is no such upload. Begin anew.'],
  'upload.expired': ['上传已超时，请重新开始。', 'The upload is over. Begin anew.'],
  'upload.offset-wrong': [
    '续传位置不符，会自动从平台的位置继续。',
    'The upload goes on elsewhere; it is taken up from there.',
  ],
  'upload.finished': ['上传已经完成。', 'The upload is finished.'],
  'upload.busy': ['同一上传正在另一处进行。', 'Another request to this upload is under way.'],
  'upload.too-many': [
    '未完成的上传过多，请先完成或等待过期。',
    'There are too many unfinished uploads. Finish some first.',
  ],
  'upload.too-many-requests': [
    '上传被切分得过碎，请重新开始。',
    'The upload came in too many parts. Begin anew.',
  ],
  'upload.protocol-wrong': ['上传协议版本不符。', 'The upload does not speak tus 1.0.0.'],
  'envelope.being-kept': [
    '密文正在入库，请稍后查看状态。',
    'The envelope is being stored. Look again in a moment.',
  ],
};
