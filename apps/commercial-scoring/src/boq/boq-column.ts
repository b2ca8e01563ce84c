export const BOQ_COLUMNS = ['no', 'code', 'name', 'unit', 'quantity', 'unitPrice', 'amount'] as const;
export type BoqColumn = (typeof BOQ_COLUMNS)[number];

/** Place of a column in what is kept of a row. */
export const SLOT: Readonly<Record<BoqColumn, number>> = {
  no: 0,
  code: 1,
  name: 2,
  unit: 3,
  quantity: 4,
  unitPrice: 5,
  amount: 6,
};

export const REQUIRED_COLUMNS: readonly BoqColumn[] = ['code', 'name', 'unit', 'quantity'];

export const COLUMN_TITLES: Readonly<Record<BoqColumn, string>> = {
  no: 'number',
  code: 'code',
  name: 'item',
  unit: 'unit',
  quantity: 'quantity',
  unitPrice: 'unit price',
  amount: 'amount',
};

/** Where the columns of a bill stand in its sheet, counted from 0. */
export type ColumnPlaces = Readonly<Partial<Record<BoqColumn, number>>>;
