/** A row of a list as people see it; `key` is the person, who may stand in several rows. */
export type SeenPerson = { key: string; name: string; position: string | null; unit: string | null; employeeNumber: string | null }

/**
 * Returns the employee number by key of every person whom another one in the list has the name, position and unit of; of whom nothing
 * else can tell him apart. Whoever has no number is missing.
 */
export function namesakeNumbers(rows: Iterable<SeenPerson>): Map<string, string> {
  const alike = new Map<string, Map<string, string | null>>()
  for (const { key, name, position, unit, employeeNumber } of rows) {
    const looks = JSON.stringify([name, position, unit])
    alike.set(looks, (alike.get(looks) ?? new Map()).set(key, employeeNumber))
  }
  const numbers = new Map<string, string>()
  for (const people of alike.values()) if (people.size > 1) for (const [key, number] of people) if (number) numbers.set(key, number)
  return numbers
}
