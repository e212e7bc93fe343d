/** A Kubernetes quantity as two things that people give: how much, and of what. */
export type Quantity = { amount: number | null; unit: string }
export type Resource = 'cpu' | 'memory'

/** The first is what a new quantity starts with. CPU without a suffix is cores. */
export const units = {
  cpu: ['m', ''],
  memory: ['Mi', 'Gi', 'Ki', 'Ti', 'M', 'G', 'k', 'T'],
} as const satisfies Record<Resource, readonly string[]>

/** Undefined where it is none of these, which is then shown as it is written. */
export function readQuantity(resource: Resource, text: string): Quantity | undefined {
  if (text === '') return { amount: null, unit: units[resource][0] }
  const [, amount, unit = ''] = /^([0-9]+(?:\.[0-9]+)?)([A-Za-z]*)$/.exec(text) ?? []
  if (amount === undefined) return undefined
  // No limit: the only amount that is the same in every unit.
  if (resource === 'memory' && unit === '' && Number(amount) === 0) return { amount: 0, unit: units.memory[0] }
  const known: readonly string[] = units[resource]
  return known.includes(unit) ? { amount: Number(amount), unit } : undefined
}

export function quantityText(resource: Resource, { amount, unit }: Quantity): string {
  if (amount === null) return ''
  return resource === 'memory' && amount === 0 ? '0' : `${amount}${unit}`
}
