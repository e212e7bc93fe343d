import type { ThemeConfig } from 'antd'
import { type Palette, palettes, type Scheme } from './palette.ts'

export const fontFamily =
  'system-ui, -apple-system, "Segoe UI", Roboto, "PingFang SC", "Noto Sans CJK SC", "Microsoft YaHei", sans-serif'
export const monoFamily =
  'ui-monospace, "SF Mono", "Cascadia Mono", Menlo, Consolas, "DejaVu Sans Mono", "Noto Sans Mono CJK SC", monospace'

function colours(of: Palette) {
  return {
    colorPrimary: of.accent,
    colorPrimaryHover: of.accentHover,
    colorPrimaryActive: of.accentHover,
    colorPrimaryBg: of.accentSoft,
    colorPrimaryBgHover: of.accentSoft,
    colorLink: of.accent,
    colorLinkHover: of.accentHover,
    colorLinkActive: of.accentHover,
    colorInfo: of.working,
    colorInfoBg: of.workingSoft,
    colorSuccess: of.healthy,
    colorSuccessText: of.healthy,
    colorSuccessBg: of.healthySoft,
    colorWarning: of.attention,
    colorWarningText: of.attention,
    colorWarningBg: of.attentionSoft,
    colorError: of.broken,
    colorErrorHover: of.broken,
    colorErrorActive: of.broken,
    colorErrorText: of.broken,
    colorErrorBg: of.brokenSoft,
    colorText: of.text,
    colorTextSecondary: of.textSoft,
    colorTextTertiary: of.textMuted,
    colorTextQuaternary: of.textMuted,
    colorTextPlaceholder: of.textMuted,
    colorTextDescription: of.textMuted,
    colorTextLightSolid: of.onAccent,
    colorBgLayout: of.page,
    colorBgContainer: of.surface,
    colorBgElevated: of.raised,
    colorBgContainerDisabled: of.sunken,
    colorBorder: of.borderStrong,
    colorBorderDisabled: of.border,
    colorBorderSecondary: of.border,
    colorSplit: of.border,
    colorBgSpotlight: of.text,
    boxShadow: of.shadow,
    boxShadowSecondary: of.shadow,
  }
}

/** The one theme antd gets. Motion is at most 150 ms, and off when the system asks for less of it. */
export function themeOf(scheme: Scheme, still: boolean): ThemeConfig {
  const of = palettes[scheme]
  return {
    token: {
      ...colours(of),
      fontFamily,
      fontFamilyCode: monoFamily,
      fontSize: 14,
      lineHeight: 22 / 14,
      borderRadius: 6,
      borderRadiusLG: 8,
      borderRadiusSM: 4,
      controlHeight: 32,
      controlHeightSM: 26,
      controlOutlineWidth: 0,
      wireframe: false,
      motion: !still,
      motionDurationFast: '0.08s',
      motionDurationMid: '0.12s',
      motionDurationSlow: '0.15s',
    },
    components: {
      Button: { primaryShadow: 'none', defaultShadow: 'none', dangerShadow: 'none', fontWeight: 500 },
      Tooltip: { colorTextLightSolid: of.surface },
      Form: { itemMarginBottom: 18, verticalLabelPadding: '0 0 4px', labelColor: of.text },
      Drawer: { paddingLG: 24 },
      Segmented: { itemSelectedBg: of.surface, trackBg: of.sunken },
    },
  }
}
