/** Dates: their text, their units, and business days. */

export {
  type BusdayCount,
  type BusdayKeywords,
  type BusdayOffset,
  type BusdayRoll,
  busday_count,
  busday_offset,
  busdaycalendar,
  is_busday,
  type IsBusday,
} from './business.js';
export type { BusdayCalendar, BusdayCalendarType, WeekMask } from './calendar.js';
export {
  type DatetimeAsString,
  type DatetimeAsStringKeywords,
  datetime_as_string,
  datetime_data,
  type TimeZoneName,
} from './text.js';
