import type { ReactElement } from 'react';
import { formatMoney } from './format-money.js';

export function MoneyText({
  amount,
  currency,
}: {
  readonly amount: string;
  readonly currency: string;
}): ReactElement {
  return (
    <span className="money">
      {currency === 'CNY' ? '¥' : `${currency} `}
      {formatMoney(amount)}
    </span>
  );
}
