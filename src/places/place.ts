/** A federal subject, or a region of a provider's list. */
export interface Region {
  /** Prefixed with the name of its list: `devtek:40`, `kladr:7200000000000`. */
  readonly id: string
  /** As people write it: `Тюменская область`, `Москва`. */
  readonly name: string
  /** 13 digits of KLADR, the state classifier of addresses. */
  readonly kladr?: string | undefined
}

/** A city, town or village. */
export interface City {
  /** Prefixed with the name of its list: `devtek:536`, `kladr:7200000100000`. */
  readonly id: string
  /** Without its type: `Тюмень`. */
  readonly name: string
  /** KLADR's short type: `г`, `пгт`, `с`; empty if the list has none. */
  readonly type: string
  readonly regionId: string
  /** The region's name. */
  readonly region: string
  /** 13 digits of KLADR. */
  readonly kladr?: string | undefined
  readonly population?: number | undefined
}
