export type Labels = Readonly<Record<string, string>>

/** Whether every wanted label is there: the form that Services and Istio's own selectors have. */
export function hasLabels(wanted: Labels, labels: Labels): boolean {
  return Object.entries(wanted).every(([key, value]) => labels[key] === value)
}
