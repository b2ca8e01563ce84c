import { ConfigProvider } from 'antd';
import enUS from 'antd/es/locale/en_US';
import zhCN from 'antd/es/locale/zh_CN';
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { Outlet } from 'react-router';

/** The one style sheet nonce that the server gave this page: antd writes its styles at run time. */
const nonce = document.querySelector<HTMLMetaElement>('meta[name="csp-nonce"]')?.content ?? '';

/** Around the pages of people who work here, which use antd; the public ones do without. */
export function WorkingArea(): ReactElement {
  const { i18n } = useTranslation();
  return (
    <ConfigProvider
      locale={i18n.language === 'en' ? enUS : zhCN}
      csp={{ nonce }}
      theme={{ token: { colorPrimary: '#9b1c1c', colorLink: '#0b57a4', fontSize: 15, motion: false } }}
    >
      <Outlet />
    </ConfigProvider>
  );
}
