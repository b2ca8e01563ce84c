import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { formatMoney } from '../ui/format-money.js';
import { findOfferFault } from './offer.js';

export function PriceField({
  price,
  ceilingPrice,
  onChange,
}: {
  readonly price: string;
  readonly ceilingPrice: string;
  readonly onChange: (price: string) => void;
}): ReactElement {
  const { t } = useTranslation();
  const fault = price === '' ? undefined : findOfferFault(price, ceilingPrice);
  return (
    <label>
      {t('bid.price')}
      <input
        inputMode="decimal"
        autoComplete="off"
        maxLength={18}
        value={price}
        aria-invalid={fault !== undefined}
        aria-describedby="price-hint"
        onChange={(event) => onChange(event.target.value.trim())}
      />
      <span id="price-hint" className={fault ? 'bad' : 'quiet'}>
        {fault ? t(`bid.${fault}`) : t('bid.ceiling', { ceiling: formatMoney(ceilingPrice) })}
        {price !== '' && !fault ? ` · ${formatMoney(price)}` : null}
      </span>
    </label>
  );
}
