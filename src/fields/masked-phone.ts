/** A mobile number as it can be shown to whoever looks at the screen: `+79000000001` is `+7 900 ***-**-01`. */
export function maskPhone(phone: string): string {
  return `${phone.slice(0, 2)} ${phone.slice(2, 5)} ***-**-${phone.slice(-2)}`
}
