type Told = { title: string; detail: string; fixes?: Record<string, string> }

/** Texts of findings that differ in their title alone. */
export function told(of: {
  titles: Record<string, string>
  detail: string
  fixes: Record<string, Record<string, string>>
}): Record<string, Told> {
  const entries = Object.entries(of.titles).map(([slug, title]) => {
    const fixes = of.fixes[slug]
    return [slug, { title, detail: of.detail, ...(fixes === undefined ? {} : { fixes }) }] as const
  })
  return Object.fromEntries(entries)
}
