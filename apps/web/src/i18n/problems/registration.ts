import type { ProblemTexts } from './problem-texts.js';

/** Organisations, people, certificates and signatures. */
export const registration: ProblemTexts = {
  'credit-code.invalid': [
    '统一社会信用代码不正确，请核对全部 18 位。',
    'The credit code is not valid. Check all 18 characters.',
  ],
  'organisation.already-registered': [
    '该企业已经注册。如不是您所为，请联系交易中心。',
    'This organisation is registered already. If that was not you, ask the centre.',
  ],
  'organisation.unknown': [
    '没有这家企业，或您无权查看。',
    'There is no such organisation, or it is not open to you.',
  ],
  'organisation.already-reviewed': ['该注册已经审核。', 'This registration was reviewed already.'],
  'organisation.not-approved': [
    '企业尚未通过审核，通过后才能进行此操作。',
    'The organisation is not approved; this is possible once it is.',
  ],
  'login.taken': ['该用户名已被使用，请换一个。', 'This login is taken. Choose another.'],
  'password.too-weak': [
    '密码过于简单：至少 12 位，且不能是常见密码。',
    'The password is too weak: at least 12 characters, and none of the common ones.',
  ],
  'role.not-grantable': ['该角色不能以这种方式授予。', 'This role cannot be granted this way.'],
  'grant.without-end': ['授权必须有将来的截止时间。', 'A grant must end at a time in the future.'],
  'region.not-served': ['本中心不管辖该行政区。', 'This centre does not serve that region.'],
  'region.out-of-scope': [
    '该行政区不在您的授权范围内。',
    'That region is outside what your role was granted for.',
  ],
  'person.unknown': ['没有这个人员。', 'There is no such person.'],
  'certificate.unknown': ['该证书不是本平台签发的。', 'This certificate was not issued for this platform.'],
  'key.malformed': [
    '私钥格式不正确：需要 PKCS#8 PEM 格式的 ECDSA P-256 私钥。',
    'The key must be an ECDSA P-256 key in PKCS#8 PEM.',
  ],
  'certificate.request-invalid': [
    '证书申请无效，请重新生成。',
    'The certificate request is not valid. Make it anew.',
  ],
  'certificate.malformed': ['证书无法读取。', 'The certificate cannot be read.'],
  'certificate.untrusted': [
    '证书不是本平台的证书机构签发的。',
    'The certificate does not lead to the authority of this platform.',
  ],
  'certificate.expired': ['证书已过期，请重新申领。', 'The certificate has expired. Have a new one issued.'],
  'certificate.not-yet-valid': [
    '证书尚未生效，请核对本机时间。',
    'The certificate is not valid yet. Check this machine’s clock.',
  ],
  'signature.malformed': ['签名文件格式不正确。', 'The signed document is not in its one form.'],
  'signature.invalid': ['签名与内容不符。', 'The signature does not match.'],
  'signature.type-wrong': ['签名文件的类型不对。', 'The signed document is of another type.'],
  'signature.key-mismatch': [
    '私钥与证书不匹配，请选用同一份身份文件。',
    'Key and certificate do not belong together. Use those of one identity.',
  ],
  'timestamp.malformed': ['时间戳无法读取。', 'The time stamp cannot be read.'],
  'timestamp.other-content': ['时间戳对应的是其他内容。', 'The time stamp is for something else.'],
  'timestamp.other-request': ['时间戳对应的是其他请求。', 'The time stamp answers another request.'],
  'timestamp.other-policy': ['时间戳依据的是其他策略。', 'The time stamp was made under another policy.'],
  'timestamp.signature-invalid': ['时间戳签名无效。', 'The time stamp is not genuine.'],
  'timestamp.authority-untrusted': [
    '时间戳不是受信任的机构签发的。',
    'The time stamp does not lead to the trusted authority.',
  ],
  'timestamp.refused': ['时间戳机构拒绝了请求。', 'The time-stamp authority refused the request.'],
  'timestamp.unavailable': [
    '时间戳机构暂时不可用，稍后会自动补办。',
    'The time-stamp authority cannot be reached; it is asked again.',
  ],
  'receipt.malformed': ['这不是完整的回执文件。', 'This is not a receipt file in its one form.'],
  'receipt.too-large': ['文件过大，不可能是回执。', 'The file is larger than a receipt can be.'],
};
