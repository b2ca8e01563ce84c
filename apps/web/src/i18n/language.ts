import i18next from 'i18next';
import { initReactI18next } from 'react-i18next';
import { en } from './en/index.js';
import { zh } from './zh/index.js';

export const LANGUAGES = { 'zh-CN': '中文', en: 'English' } as const;
export type Language = keyof typeof LANGUAGES;

const KEPT_AS = 'sunseal.language';

function firstLanguage(): Language {
  const kept = localStorage.getItem(KEPT_AS);
  if (kept === 'zh-CN' || kept === 'en') return kept;
  return navigator.language.toLowerCase().startsWith('en') ? 'en' : 'zh-CN';
}

/** Both languages are small and come with the page: switching needs no network. */
export async function startLanguages(): Promise<void> {
  await i18next.use(initReactI18next).init({
    lng: firstLanguage(),
    fallbackLng: 'zh-CN',
    resources: { 'zh-CN': zh, en },
    defaultNS: 'portal',
    interpolation: { escapeValue: false },
  });
  document.documentElement.lang = i18next.language;
}

export async function chooseLanguage(language: Language): Promise<void> {
  localStorage.setItem(KEPT_AS, language);
  document.documentElement.lang = language;
  await i18next.changeLanguage(language);
}
