type Amounts = { readonly cpu: string; readonly memory: string }

/** A size of a control plane: for so many services and Pods, what each replica of istiod asks for and may take. */
export type SizePreset = {
  readonly name: string
  readonly services: number
  readonly pods: number
  readonly requests: Amounts
  readonly limits: Amounts
}

/** Smallest first: the presets of reference/mspider.md 3.3. */
export const sizePresets: readonly SizePreset[] = [
  preset([50, 200], ['200m', '200Mi'], ['1500m', '1500Mi']),
  preset([200, 1000], ['400m', '500Mi'], ['2000m', '2000Mi']),
  preset([500, 2000], ['600m', '800Mi'], ['3000m', '3000Mi']),
  preset([2000, 8000], ['2000m', '4Gi'], ['6000m', '8Gi']),
  preset([5000, 20_000], ['4000m', '8Gi'], ['8000m', '16Gi']),
]

function preset(of: [number, number], requests: [string, string], limits: [string, string]): SizePreset {
  const amounts = ([cpu, memory]: [string, string]): Amounts => ({ cpu, memory })
  const [services, pods] = of
  return { name: `S${services}P${pods}`, services, pods, requests: amounts(requests), limits: amounts(limits) }
}

export function presetOf(size: string | undefined): SizePreset | undefined {
  return sizePresets.find(({ name }) => name === size)
}

/** The smallest preset that is meant for so many services and Pods; undefined where they are more than any is meant for. */
export function fittingPreset(of: { services: number; pods: number }): SizePreset | undefined {
  return sizePresets.find(({ services, pods }) => of.services <= services && of.pods <= pods)
}
