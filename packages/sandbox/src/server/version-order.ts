const versionForm = /^v(\d+)(?:(alpha|beta)(\d+))?$/

/** Newest first: v2, v1, v1beta2, v1beta1, v1alpha1, others by name. Source: apimachinery util/version CompareKubeAwareVersionStrings. */
export function compareVersions(a: string, b: string): number {
  const rank = (text: string): number[] => {
    const found = versionForm.exec(text)
    if (found === null) return [0, 0, 0]
    const stage = found[2] === undefined ? 3 : found[2] === 'beta' ? 2 : 1
    return [stage, Number(found[1]), Number(found[3] ?? 0)]
  }
  const [left, right] = [rank(a), rank(b)]
  for (const [index, value] of left.entries()) {
    const other = right[index] ?? 0
    if (value !== other) return other - value
  }
  return a < b ? -1 : 1
}
