/** Every colour of the product, by what it says. Contrast of each pair is asserted in palette.test.ts (WCAG 2.2 AA). */
export type Scheme = 'light' | 'dark'

export type Palette = {
  page: string
  surface: string
  raised: string
  sunken: string
  border: string
  borderStrong: string
  text: string
  textSoft: string
  textMuted: string
  accent: string
  accentHover: string
  accentSoft: string
  onAccent: string
  healthy: string
  healthySoft: string
  working: string
  workingSoft: string
  attention: string
  attentionSoft: string
  broken: string
  brokenSoft: string
  unknown: string
  unknownSoft: string
  added: string
  removed: string
  shadow: string
}

const light: Palette = {
  page: '#f8f7f4',
  surface: '#ffffff',
  raised: '#ffffff',
  sunken: '#f1efeb',
  border: '#e3e0da',
  borderStrong: '#8f8a81',
  text: '#1f1d1a',
  textSoft: '#514d46',
  textMuted: '#67625a',
  accent: '#0d6464',
  accentHover: '#0a5050',
  accentSoft: '#e2f0ef',
  onAccent: '#ffffff',
  healthy: '#1a6b41',
  healthySoft: '#e5f3ea',
  working: '#1c5a9c',
  workingSoft: '#e6eff9',
  attention: '#855300',
  attentionSoft: '#fbf0da',
  broken: '#a8231c',
  brokenSoft: '#fbe9e7',
  unknown: '#67625a',
  unknownSoft: '#f1efeb',
  added: '#e3f4e8',
  removed: '#fbe7e5',
  shadow: '0 1px 2px rgb(40 34 24 / 6%), 0 8px 24px rgb(40 34 24 / 10%)',
}

const dark: Palette = {
  page: '#151412',
  surface: '#1c1b19',
  raised: '#242320',
  sunken: '#110f0e',
  border: '#35322d',
  borderStrong: '#777167',
  text: '#ece9e4',
  textSoft: '#c3beb5',
  textMuted: '#a39d93',
  accent: '#5abfb9',
  accentHover: '#7bd0cb',
  accentSoft: '#16302f',
  onAccent: '#06201f',
  healthy: '#6cc894',
  healthySoft: '#15291d',
  working: '#83b9f3',
  workingSoft: '#172638',
  attention: '#e2b057',
  attentionSoft: '#30260f',
  broken: '#f59289',
  brokenSoft: '#3a1a17',
  unknown: '#a39d93',
  unknownSoft: '#2a2825',
  added: '#12301d',
  removed: '#3d1c19',
  shadow: '0 1px 2px rgb(0 0 0 / 40%), 0 8px 24px rgb(0 0 0 / 45%)',
}

export const palettes: Record<Scheme, Palette> = { light, dark }

/** The palette as custom properties (`textSoft` → `--ow-text-soft`), which every stylesheet of the kit reads. */
export function customProperties(palette: Palette): string {
  return Object.entries(palette)
    .map(([name, value]) => `--ow-${name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}: ${value};`)
    .join('')
}
