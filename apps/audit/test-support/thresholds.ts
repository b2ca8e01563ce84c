import { z } from 'zod';
import { alarmThresholds } from '../src/alarm-thresholds.js';
import type { AlarmSettings } from '../src/domain/alarms/alarm-settings.js';

/** As they are where nothing is set. */
export const THRESHOLDS: AlarmSettings = z.object(alarmThresholds).parse({});
