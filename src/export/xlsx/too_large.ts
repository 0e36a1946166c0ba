/** A report has more rows, or more bytes, than a workbook of Excel can have. */
export class TooLargeForXlsx extends RangeError {
  override name = "TooLargeForXlsx";

  constructor(why = "It has more than 4 GiB") {
    super(`${why}, which is more than an Excel workbook can have: take rows.parquet`);
  }
}
