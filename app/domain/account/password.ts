import { loginOf } from './login'

export const LEAST_PASSWORD = 12
export const LONGEST_PASSWORD = 200
export const DEMO_PASSWORD = 'kapacitet-demo'

/** The commonest passwords of twelve characters and more; what is only a run or a repetition is found by `isMonotonous`. */
const COMMON = new Set([
  'password1234',
  'password12345',
  'password123456',
  'passwordpassword',
  'password123!',
  'administrator',
  'administrator1',
  'adminadminadmin',
  'adminadmin123',
  'administration',
  'qwertyuiop123',
  'qwertyuiop[]',
  'qwerty123456',
  'qwertyqwerty',
  '1q2w3e4r5t6y',
  '1qaz2wsx3edc',
  'q1w2e3r4t5y6',
  'iloveyou1234',
  'welcome12345',
  'letmein12345',
  'changeme1234',
  'superman1234',
  'football1234',
  'bulgaria1234',
  'bulgaria2024',
  'bulgaria2025',
  'bulgaria2026',
  'kapacitet123',
  'kapacitet1234',
  'kapacitet2026',
  'парола123456',
  'паролапарола',
  'моятапарола1',
  'администратор',
  'обичамтебе12',
  'българия1234',
  'българия2026',
  'капацитет123',
  'социалниуслуги',
  'яверъртъуиоп',
  'йцукенгшщзхъ',
])

const ROWS = [
  '01234567890123456789',
  'abcdefghijklmnopqrstuvwxyz',
  'абвгдежзийклмнопрстуфхцчшщъьюя',
  'qwertyuiopasdfghjklzxcvbnm',
  'явертъуиопасдфгхйклзьцжбнм',
]
const reversed = (text: string) => [...text].reverse().join('')

/** One to four characters repeated, or a run along the alphabet, the digits or the keyboard. */
function isMonotonous(password: string) {
  return /^(.{1,4}?)\1+.{0,3}$/u.test(password) || ROWS.some((row) => row.includes(password) || reversed(row).includes(password))
}

/**
 * Returns the key of the sentence that says why a password may not be set, or null. At least twelve characters, at most 200, not the
 * login, none of the commonest; no rules of composition (NIST SP 800-63B, 5.1.1.2).
 */
export function passwordFault(password: string, login: string, isDemo: boolean): string | null {
  const length = [...password].length
  if (length < LEAST_PASSWORD) return 'account.password_short'
  if (length > LONGEST_PASSWORD) return 'account.password_long'
  const folded = loginOf(password)
  const name = loginOf(login)
  if (folded === name || (name.includes('@') && folded === name.slice(0, name.indexOf('@')))) return 'account.password_is_login'
  if (folded === DEMO_PASSWORD && !isDemo) return 'account.password_common'
  return COMMON.has(folded) || isMonotonous(folded) ? 'account.password_common' : null
}
