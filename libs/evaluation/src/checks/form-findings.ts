import type { z } from 'zod';
import type { Bilingual, Finding } from '../evaluation-types.js';
import { stageOf } from './stage-names.js';

/** Findings of form that are told at most: a document that is none at all would give hundreds. */
const FORM_FINDINGS_MAX = 50;
/** Characters of a word that is quoted. */
const QUOTED_CHARS_MAX = 60;

type Issue = z.core.$ZodIssue;

/** What is wrong with the form of a method document, in the words of the one who wrote it: where, and what to put. */
export function formFindings(issues: readonly Issue[]): Finding[] {
  return issues.slice(0, FORM_FINDINGS_MAX).map((issue) => {
    const path = issue.path.join('.');
    const { code, zh, en } = said(issue);
    const stage = stageOf(issue.path[0]);
    return {
      severity: 'error',
      code: `form.${code}`,
      path,
      message: { zh: `${stage.zh}：${zh}`, en: `${stage.en}: ${en}` },
    };
  });
}

type Said = Bilingual & { readonly code: string };

function said(issue: Issue): Said {
  const name = issue.path.at(-1);
  const field = typeof name === 'number' ? `#${name + 1}` : String(name ?? '');
  const where = {
    zh: field === '' ? '整个文件' : `“${field}”`,
    en: field === '' ? 'the document' : `"${field}"`,
  };
  const tell = (code: string, zh: string, en: string): Said => ({
    code,
    zh: `${where.zh}${zh}`,
    en: `${where.en} ${en}`,
  });
  switch (issue.code) {
    case 'unrecognized_keys': {
      const keys = issue.keys.map((key) => `"${quote(key)}"`).join(', ');
      return tell(
        'unknown-key',
        `中有不认识的字段 ${keys}，请检查拼写或删除`,
        `has ${keys}, which no rule reads: check the spelling or leave it out`,
      );
    }
    case 'invalid_type':
      return wrongType(issue, tell);
    case 'invalid_value':
      return oneOf(issue.values.map(String), tell);
    case 'invalid_union': {
      if ('options' in issue && issue.options) return oneOf(issue.options.map(String), tell);
      return tell('not-possible', '的写法不在可选范围内', 'is none of the forms that are possible here');
    }
    case 'too_small':
    case 'too_big':
      return outside(issue, tell);
    case 'invalid_format':
      return tell(
        'not-readable',
        '不是要求的写法：数字写成文本，如 "12.5"，不用千分位、指数或多余的零；编号只用字母、数字和 . _ -',
        'is not written as it must be: a number is text like "12.5", without separators, exponents or needless zeros; an id has letters, digits and . _ - only',
      );
    default:
      return tell('not-possible', '的写法不在可选范围内', 'is none of the forms that are possible here');
  }
}

type Tell = (code: string, zh: string, en: string) => Said;

const TYPES: Readonly<Record<string, Bilingual>> = {
  string: { zh: '文本（数字也写成文本，如 "12.5"）', en: 'text (numbers too, like "12.5")' },
  number: { zh: '数', en: 'a number' },
  int: { zh: '整数', en: 'a whole number' },
  boolean: { zh: 'true 或 false', en: 'true or false' },
  array: { zh: '列表', en: 'a list' },
  object: { zh: '一组字段', en: 'a group of fields' },
};

function wrongType(issue: z.core.$ZodIssueInvalidType, tell: Tell): Said {
  const type = TYPES[issue.expected] ?? { zh: issue.expected, en: issue.expected };
  return issue.message.endsWith('received undefined')
    ? tell('missing', `缺少，应填${type.zh}`, `is missing; ${type.en} belongs here`)
    : tell('wrong-type', `应为${type.zh}`, `has to be ${type.en}`);
}

const oneOf = (values: readonly string[], tell: Tell): Said =>
  tell('not-one-of', `应为下列之一：${values.join('、')}`, `has to be one of: ${values.join(', ')}`);

function outside(issue: z.core.$ZodIssueTooSmall | z.core.$ZodIssueTooBig, tell: Tell): Said {
  const limit = issue.code === 'too_small' ? issue.minimum : issue.maximum;
  const [zh, en] = issue.code === 'too_small' ? ['至少', 'at least'] : ['至多', 'at most'];
  const code = issue.code === 'too_small' ? 'too-small' : 'too-large';
  if (issue.origin === 'string')
    return tell(code, `${zh}${limit}个字符`, `has to have ${en} ${limit} characters`);
  if (issue.origin === 'array') return tell(code, `${zh}${limit}项`, `has to have ${en} ${limit} items`);
  return tell(code, `${zh}为${limit}`, `has to be ${en} ${limit}`);
}

const quote = (text: string): string =>
  text.length <= QUOTED_CHARS_MAX ? text : `${text.slice(0, QUOTED_CHARS_MAX)}…`;
