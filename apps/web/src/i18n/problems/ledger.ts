import type { ProblemTexts } from './problem-texts.js';

/** What the ledger, its keys and its witnesses refuse. */
export const ledger: ProblemTexts = {
  'checkpoint.key-wrong': [
    '检查点的签名密钥不是该账本当时的密钥。',
    'The checkpoint is signed by a key that was not the log’s at its size.',
  ],
  'ledger.rotation-invalid': ['账本密钥更换记录无效。', 'The change of the ledger’s key is not valid.'],
  'ledger.signer-unavailable': [
    '账本签名密钥暂时不可用，稍后会自动重试。',
    'The ledger’s key cannot be used now; it is tried again.',
  ],
  'entry.back-dated': ['存证记录的时间早于其实际入账时间。', 'A ledger entry claims to be older than it is.'],
  'ledger.incomplete': ['账本缺少记录。', 'Acts are missing from the ledger.'],
  'ledger.number-unproved': [
    '揭示的记录没有证明其承诺过的编号。',
    'An act is shown without the number that it committed to.',
  ],
  'ledger.acts-conflict': ['同一编号下有两条不同的记录。', 'Two acts stand under one number.'],
  'ledger.forked': ['账本出现分叉，与之前看到的不一致。', 'The ledger does not continue what it was.'],
  'ledger.rewound': ['账本变短了，有记录被撤掉。', 'The ledger became shorter.'],
  'ledger.not-below': [
    '上级账本中没有该账本的检查点。',
    'The ledger above holds no checkpoint of this ledger.',
  ],
  'ledger.silent': ['账本没有响应或不再更新。', 'The ledger does not answer, or does not go on.'],
  'witness.folder-in-use': ['该目录已被另一个见证程序占用。', 'Another witness works in this folder.'],
  'witness.state-malformed': ['见证程序的状态文件已损坏。', 'What the witness remembers was damaged.'],
  'witness.key-malformed': ['见证密钥无法读取。', 'The key of the witness cannot be read.'],
  'witness.unreachable': [
    '无法连接见证方，稍后会自动重试。',
    'The witness cannot be reached; it is asked again.',
  ],
  'witness.refused': ['见证方没有联署。', 'The witness did not cosign.'],
  'witness.ahead': [
    '见证方联署过的记录比账本现有的还多。',
    'The witness has cosigned more than this ledger holds.',
  ],
  'ledger.witness-quorum-missing': [
    '联署账本的见证方不足，凑齐之前不能开标，请稍后重试。',
    'Too few witnesses have cosigned the ledger; nothing is opened before. Try again in a moment.',
  ],
  'ledger.witness-policy-mismatch': [
    '见证策略与项目公布的不一致。',
    'The witness policy is not the one that the tender names.',
  ],
  'ledger.witness-policy-unknown': ['没有这份见证策略。', 'This witness policy is not known here.'],
  'ledger.not-witnessed': ['本账本没有见证方。', 'This ledger has no witnesses.'],
};
