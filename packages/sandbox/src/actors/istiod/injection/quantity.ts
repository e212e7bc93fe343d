import type { JsonRecord } from '@orbweaver/contracts/json'

/** Suffixes by size, smallest first, and how many of one make one of the next. */
const FAMILIES = [
  { suffixes: ['m', '', 'k', 'M', 'G', 'T', 'P', 'E'], step: 1000 },
  { suffixes: ['Ki', 'Mi', 'Gi', 'Ti', 'Pi', 'Ei'], step: 1024 },
]

/** As Go writes a Kubernetes quantity: the largest suffix that leaves a whole number (apimachinery pkg/api/resource). */
export function canonicalQuantity(text: string): string {
  const [, digits = '', suffix = ''] = /^(\d+)([a-zA-Z]*)$/.exec(text) ?? []
  const family = FAMILIES.find(({ suffixes }) => suffixes.includes(suffix))
  if (digits === '' || family === undefined) return text
  let [amount, place] = [Number(digits), family.suffixes.indexOf(suffix)]
  while (amount > 0 && amount % family.step === 0 && place + 1 < family.suffixes.length) {
    amount /= family.step
    place += 1
  }
  return `${amount}${family.suffixes[place] ?? ''}`
}

/** Requests and limits with every quantity as Go writes it. */
export function canonicalResources(resources: JsonRecord): JsonRecord {
  return Object.fromEntries(
    Object.entries(resources).map(([kind, amounts]) => [
      kind,
      Object.fromEntries(
        Object.entries(amounts ?? {}).map(([name, amount]) => [
          name,
          typeof amount === 'string' ? canonicalQuantity(amount) : amount,
        ]),
      ),
    ]),
  )
}
